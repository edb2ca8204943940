import re

import pytest

from hygie.facts import telephones
from hygie.facts.telephones import Told, told


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("Yealink SIP-T46S 66.84.0.15", Told("Yealink", "SIP-T46S", "66.84.0.15")),
        ("Yealink W60B 77.83.0.10", Told("Yealink", "W60B", "77.83.0.10")),
        ("snom370/8.7.5.35", Told("Snom", "snom370", "8.7.5.35")),
        ("snomD735/10.1.101.11", Told("Snom", "snomD735", "10.1.101.11")),
        ("PolycomVVX-VVX_410-UA/5.5.1.11526", Told("Polycom", "VVX_410", "5.5.1.11526")),
        ("Polycom/5.9.5.0614 PolycomVVX-VVX_411-UA/5.9.5.0614", Told("Polycom", "VVX_411", "5.9.5.0614")),
        ("PolycomSoundPointIP-SPIP_550-UA/4.0.8.1608", Told("Polycom", "SPIP_550", "4.0.8.1608")),
        ("Cisco-CP8841/11.5.1", Told("Cisco", "CP8841", "11.5.1")),
        ("Cisco-CP-8851-3PCC/11.2.1", Told("Cisco", "CP-8851", "11.2.1")),
        ("Cisco/SPA525G2-7.4.8", Told("Cisco", "SPA525G2", "7.4.8")),
        ("Linksys/PAP2T-3.1.15(LS)", Told("Linksys", "PAP2T", "3.1.15")),
        ("Grandstream GXP2160 1.0.9.26", Told("Grandstream", "GXP2160", "1.0.9.26")),
        ("Aastra 6731i/2.6.0.2019", Told("Mitel", "6731i", "2.6.0.2019")),
        ("Gigaset N510 IP PRO/42.245.00.000.000", Told("Gigaset", "N510 IP PRO", "42.245.00.000.000")),
        ("Fanvil X4 2.4.0.5742 0c383e1a2b3c", Told("Fanvil", "X4", "2.4.0.5742")),
        ("Audiocodes-Sip-Gateway-MP-118 FXS/v.6.60A.228", Told("AudioCodes", "MP-118 FXS", "6.60A.228")),
    ],
)
def test_what_telephones_say(agent: str, expected: Told) -> None:
    assert told(agent) == expected


@pytest.mark.parametrize(
    "agent", ["", "Asterisk PBX 20.5.0", "baresip v1.0.0", "Cisco-CUCM12.5", "durand Yealink T46S 1.2"]
)
def test_what_no_form_fits_says_nothing(agent: str) -> None:
    assert told(agent) is None


def test_forms_are_bounded() -> None:
    for make, form in telephones.FORMS:
        assert make
        assert set(re.compile(form).groupindex) == {"product", "version"}
