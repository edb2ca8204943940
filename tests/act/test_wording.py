import pytest

from hygie.act.wording import NETWORK, SETTING, WATCH, asks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Close TCP 3389 and 445 towards the analyser.", (NETWORK,)),
        ("Keep the ventilator in a VLAN of its own. It needs TCP 2575.", (NETWORK,)),
        ("Let only pumps and the integration engine reach the gateway.", (NETWORK,)),
        ("Close all outgoing traffic of the central station but HL7 and NTP.", (NETWORK,)),
        ("Filtrer le port 104 ; ne laisser passer que le PACS.", (NETWORK,)),
        ("Isoler l'équipement dans son propre réseau", (NETWORK,)),
        ("Use strong passwords. Locate devices behind firewalls.", (SETTING, NETWORK)),
        ("The maker recommends isolating the pumps in their own VLAN.", (NETWORK,)),
        ("The monitoring network is required to be isolated from the hospital's LAN.", (NETWORK,)),
        ("Le fabricant recommande d'isoler la pompe dans son propre VLAN.", (NETWORK,)),
        ("Users should change the password of the network share.", (SETTING,)),
        ("Keep the cover locked; our service replaces the board.", (SETTING,)),
        ("Block unused USB ports.", (SETTING,)),
        ("Our service turns the spooler off where no printer is used.", (SETTING,)),
        ("Disable the network printing service.", (SETTING,)),
        ("Check the firewall.", (WATCH,)),
        ("", (SETTING,)),
        ("...", (SETTING,)),
    ],
)
def test_what_a_mitigation_asks_for(text: str, expected: tuple[str, ...]) -> None:
    assert asks(text) == expected
