import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.wire import DISSECTORS, Way


@pytest.mark.parametrize("service", DISSECTORS)
def test_any_bytes(service: str) -> None:
    row = DISSECTORS[service]

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.binary(max_size=600), st.sampled_from(("", "client", "server")))
    def check(payload: bytes, sender: str) -> None:
        row.looks_like(payload)
        row.sender(payload)
        for step in (lambda: row.length(payload), lambda: list(row.dissect(payload, Way("tcp", 1, 2, sender)))):
            try:
                step()
            except (ValueError, LookupError, struct.error):
                continue

    check()


def test_the_surest_are_tried_first() -> None:
    names = list(DISSECTORS)
    assert names.index("dicom") < names.index("http") < names.index("dns") < names.index("ntp")


def test_every_module_tells_its_standard() -> None:
    import importlib

    for row in DISSECTORS.values():
        module = importlib.import_module(row.dissect.__module__)
        assert "\nSource: " in (module.__doc__ or ""), module.__name__
