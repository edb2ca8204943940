import re

import pytest

from hygie.serve.clock import SystemClock


def test_a_date_may_be_fixed_and_the_instant_stays() -> None:
    clock = SystemClock("2026-09-01")
    assert clock.today() == "2026-09-01"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", clock.now())
    assert SystemClock().today() == SystemClock().now()[:10]
    with pytest.raises(ValueError, match="Invalid isoformat"):
        SystemClock("tomorrow")
