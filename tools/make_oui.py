#!/usr/bin/env python3
"""Make src/hygie/facts/oui.txt.xz from a JSON list of IEEE assignments.

usage: make_oui.py INDEX.json

INDEX.json maps prefixes of 6, 7 or 9 hexadecimal digits to "organisation\\naddress...".
Only the organisation's name is kept; lines are sorted, so that the same list gives the same file.
"""

import json
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "hygie" / "facts" / "oui.txt.xz"


def lines(listed: dict[str, str]) -> list[str]:
    """One line per maker: name, tab, prefixes."""
    prefixes: dict[str, list[str]] = defaultdict(list)
    for prefix, text in listed.items():
        name = re.sub(r"\s+", " ", text.partition("\n")[0]).strip()
        if name and re.fullmatch(r"[0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9}", prefix):
            prefixes[name].append(prefix)
    return sorted(f"{name}\t{' '.join(sorted(found))}" for name, found in prefixes.items())


def main() -> None:
    """Writes the table."""
    listed = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    text = "\n".join(lines(listed)) + "\n"
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{TARGET.name}: {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
