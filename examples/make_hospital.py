"""Make the example hospital: `python examples/make_hospital.py [FOLDER]` writes FOLDER/hospital and FOLDER/damaged.

Same bytes each time. The capture is not made here: see `recordings/README.md` and `weave_capture.py`.
"""

import sys
from pathlib import Path

from paperwork import advisories, boms, forms, inventory, letters, network, records

WRITERS = (
    inventory.write,
    network.write,
    forms.write,
    boms.write,
    advisories.write,
    records.write,
    letters.write,
)


def make(folder: Path) -> None:
    """Write all papers of the hospital into `folder`."""
    for write in WRITERS:
        write(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent) / "hospital")
