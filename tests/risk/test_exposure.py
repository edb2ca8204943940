from handmade import DAY, START, row
from hygie.model import Binding, Coverage, Device, Flow, Zone
from hygie.names.people import Word
from hygie.names.whereabouts import Watch, Whereabouts
from hygie.risk.exposure import exposure, reaches

ZONE = row(Zone, id="Z", site="local", cidr="10.0.0.0/24")
DEVICE = row(Device, id="D", site="local", zone="Z")
BOUND = row(Binding, site="local", kind="ip", value="10.0.0.5", device="D")


def judge(*flows: Flow, days: float = 3.0, device: Device = DEVICE, words: dict[tuple[str, str], Word] | None = None):  # type: ignore[no-untyped-def]
    covered = [row(Coverage, site="local", first=START, last=START + int(days * DAY), networks=("10.0.0.0/24",))]
    watch = Watch([ZONE], covered if days else [])
    seen = reaches(Whereabouts([ZONE], [BOUND]).trace(flows))
    value, because = exposure(device, seen.get(device.id), watch, words or {})
    return value, because.key.split(".")[2]


def flow(client: str, server: str, *, opened: bool = True) -> Flow:
    return row(
        Flow, reading="r", site="local", client=client, server=server, opened=opened, first=START, last=START, place="3"
    )


INSIDE = flow("10.0.0.5", "10.0.0.9")


def test_opened_from_outside_is_open() -> None:
    assert judge(INSIDE, flow("8.8.8.8", "10.0.0.5")) == ("open", "entered")


def test_outside_with_unseen_opening_is_open() -> None:
    assert judge(flow("10.0.0.5", "8.8.8.8", opened=False)) == ("open", "unsure")
    assert judge(flow("8.8.8.8", "10.0.0.5", opened=False)) == ("open", "unsure")


def test_seen_only_inside_a_covered_zone_is_controlled() -> None:
    assert judge(INSIDE) == ("controlled", "inside")


def test_opening_to_the_outside_itself_is_controlled_and_said() -> None:
    assert judge(INSIDE, flow("10.0.0.5", "8.8.8.8")) == ("controlled", "left")


def test_not_known_counts_as_open() -> None:
    assert judge(INSIDE, days=0) == ("open", "not_covered")
    assert judge(INSIDE, days=0.5) == ("open", "too_short")
    assert judge() == ("open", "not_seen")
    assert judge(INSIDE, device=row(Device, id="D", site="local")) == ("open", "no_zone")


def test_small_needs_a_person() -> None:
    word = {("exposure", "D"): Word("small", "A", "2026-01-01", "q#E4")}
    assert judge(flow("8.8.8.8", "10.0.0.5"), words=word) == ("small", "person")
    by_zone = {("exposure", "Z"): Word("controlled", "A", "2026-01-01", "q#E4")}
    assert judge(words=by_zone) == ("controlled", "person")
    assert {judge(INSIDE)[0], judge()[0]} == {"controlled", "open"}


def test_talk_with_itself_enters_nothing() -> None:
    assert reaches(Whereabouts([ZONE], [BOUND]).trace([flow("10.0.0.5", "10.0.0.5")]))["D"].entered is None
