from hygie.sources.capture.frames import MOST_FRAME, Damage, Frame, Interface


def test_what_formats_give() -> None:
    assert Frame(1, 2, 0, 60, b"x").size == 60
    assert Damage("refusal.capture.skipped", 24, 7).offset == 24
    assert (Interface(1).ticks, Interface(1).lost) == (1_000_000, 0)
    assert MOST_FRAME == 262_144
