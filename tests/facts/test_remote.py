import pytest

from hygie.facts import remote


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("router12.teamviewer.com", "TeamViewer"),
        ("MASTER3.teamviewer.com", "TeamViewer"),
        ("www.teamviewer.com", ""),
        ("relay-1a2b.net.anydesk.com", "AnyDesk"),
        ("anydesk.com", ""),
        ("st-v3-univ-srs.relay.splashtop.com", "Splashtop"),
        ("router1.teamviewer.com.example", ""),
        ("www.private-life.example", ""),
        ("", ""),
    ],
)
def test_names_of_services(name: str, service: str) -> None:
    assert remote.service(name) == service


def test_every_certificate_is_of_a_known_service() -> None:
    assert set(remote.SUBJECTS.values()) <= {service for service, _ in remote.SERVICES}
