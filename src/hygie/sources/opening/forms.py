"""Normal forms that knowledge readers share: CVE ids, CWE ids, instants, CVSS versions.

Source: CVE record format 5 (cveId), ISO 8601.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII)
CWE = re.compile(r"CWE-[1-9]\d{0,5}", re.ASCII)
INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


def cve_id(said: str) -> str:
    """The CVE id that a text is, in capitals; "" where it is none."""
    name = said.strip().upper()
    return name if CVE.fullmatch(name) else ""


def name_of(said: str) -> str:
    """A vulnerability's name: a CVE id in capitals, anything else as written without outer space."""
    return cve_id(said) or said.strip()


def cwes(texts: Iterable[str]) -> tuple[str, ...]:
    """CWE ids found in texts, each once, in order."""
    return tuple(dict.fromkeys(found for text in texts for found in CWE.findall(text.upper())))


def instant(said: str) -> str:
    """An instant in UTC to the second ("2023-01-09T00:02:03Z"), or a day as it stands; "" where it is neither.

    Written alike so that newer sorts after older. No zone counts as UTC.
    """
    match = INSTANT.fullmatch(said.strip())
    if not match:
        return ""
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        if hour is None:
            return datetime(int(year), int(month), int(day), tzinfo=UTC).strftime("%Y-%m-%d").zfill(10)
        whole = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"
        zone = "+00:00" if zone in (None, "Z", "z") else zone
        return datetime.fromisoformat(whole + zone).astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return ""


def cvss_version(vector: str) -> float:
    """Version of a CVSS vector: 4.0, 3.1, 3.0; 2.0 for one without a head; 0 for none."""
    if not vector:
        return 0.0
    head, _, _ = vector.partition("/")
    try:
        return float(head.removeprefix("CVSS:")) if head.startswith("CVSS:") else 2.0
    except ValueError:
        return 2.0


def number(value: object) -> float | None:
    """A score as a number between 0 and 10; None for anything else."""
    try:
        score = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return score if 0.0 <= score <= 10.0 else None
