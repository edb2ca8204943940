from handmade import row
from hygie.model import Device
from hygie.names.people import Word
from hygie.risk.mission import mission


def test_nobody_said_is_crippled_and_said_to_be_assumed() -> None:
    value, because = mission(row(Device, ward="Réanimation"), {})
    assert (value, because.key) == ("crippled", "priority.mission.assumed")
    assert mission(row(Device), {("unit", ""): Word("degraded", "A", "", "")})[0] == "crippled"


def test_the_hospital_s_file_speaks_for_the_ward() -> None:
    words = {("unit", "reanimation"): Word("mission failure", "A", "2026-01-01", "h#C3")}
    value, because = mission(row(Device, ward="RÉANIMATION"), words)
    assert (value, because.origin) == ("mission failure", "h#C3")
