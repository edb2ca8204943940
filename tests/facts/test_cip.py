from hygie.facts import cip


def test_numbers_and_names() -> None:
    assert cip.VENDORS[1] == "Rockwell Automation"
    assert cip.VENDORS[40] == "WAGO"
    assert all(0 < number < 65536 and name.strip() == name for number, name in cip.VENDORS.items())
