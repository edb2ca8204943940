import inspect

import handmade
from hygie import walk
from hygie.risk.ground import Ground


def test_the_walk_s_ground_and_the_tests_ground_are_such_grounds() -> None:
    for method in ("__getitem__", "chosen"):
        asked = inspect.signature(getattr(Ground, method))
        for ground in (walk.Ground, handmade.Ground):
            assert list(inspect.signature(getattr(ground, method)).parameters) == list(asked.parameters)
