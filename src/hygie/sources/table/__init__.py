"""Tables."""

from hygie.model.seams import Reader

READERS: dict[str, Reader] = {}
"""Kind -> reader."""
