from hygie.facts import functions, mdc


def test_kinds_are_ours() -> None:
    assert set(mdc.KINDS.values()) <= set(functions.functions())


def test_profiles_and_devices() -> None:
    assert mdc.KINDS[mdc.PROFILES + 4100] == "pulse_oximeter"
    assert {code >> 16 for code in mdc.KINDS} == {1, 8}
