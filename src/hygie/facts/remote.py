"""Names under which services of remote maintenance are reached.

`service("router12.teamviewer.com")` -> "TeamViewer"; "" for every other name: names are compared, never kept. Only
names that the programs themselves use stand here, not those of their makers' web sites.
Source: TeamViewer, "Ports used by TeamViewer" (master*, router*); AnyDesk, "Firewall" (*.net.anydesk.com); Splashtop,
"Firewall exceptions and IP addresses of Splashtop servers" (*.relay.splashtop.com).
"""

import re

VERSION = 1
"""Raised whenever a row changes meaning."""

SERVICES: tuple[tuple[str, str], ...] = (
    ("TeamViewer", r"(?:master|router)[\w-]*\.teamviewer\.com"),
    ("AnyDesk", r"[\w.-]+\.net\.anydesk\.com"),
    ("Splashtop", r"[\w.-]+\.relay\.splashtop\.com"),
)
"""Service, the whole name."""

SUBJECTS: dict[str, str] = {"CN=AnyNet Relay": "AnyDesk", "CN=AnyNet Root CA": "AnyDesk"}
"""Subjects of the certificates that a service's own servers show."""

_ROWS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in SERVICES)


def service(name: str) -> str:
    """The service of a name; "" none."""
    return next((found for found, pattern in _ROWS if pattern.fullmatch(name)), "")
