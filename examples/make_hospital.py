"""Make the example hospital: `python examples/make_hospital.py [FOLDER]` writes FOLDER/hospital and FOLDER/damaged.

Same content each time. The capture is not made here: see `recordings/` and `weave_capture.py`.
"""

import sys
from pathlib import Path

from paperwork import advisories, boms, damage, forms, inventory, letters, network, records

WRITERS = (
    inventory.write,
    network.write,
    forms.write,
    boms.write,
    advisories.write,
    records.write,
    letters.write,
)
"""Each writes its papers into the hospital's folder."""


def make(folder: Path) -> None:
    """Write `hospital` and `damaged` into `folder`."""
    for write in WRITERS:
        write(folder / "hospital")
    damage.write(folder / "damaged")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
