"""Signed files of sensors elsewhere -> evidence, flows, coverage: what their workspaces hold of captures and logs.

What comes in: a zip that `exports.observations` wrote, and whom people trust. What goes out: its parts, each a reading
of its own as the capture would be, once the whole file was found to be what its sensor signed. A part is lines of JSON;
where possible it is read by a process without rights, as captures are.

The file is checked in this order, and nothing of it is read before the last step:

1. The archive names every member once, and no more of them than a file may hold.
2. The manifest is of a form that is known.
3. A person of this workspace accepted its key, and did not withdraw it.
4. The signature is that key's, of this manifest.
5. The members are those that the manifest names, no fewer and no more.
6. Each member has the size and the SHA-256 that the manifest tells.

Source: `model.observed`; RFC 8032 (Ed25519), PKWARE APPNOTE 6.3.10 (zip).
"""

import hashlib
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from hygie.model.evidence import Evidence, Refusal, Speaker
from hygie.model.observed import (
    COLUMNS,
    FORMAT,
    KIND,
    MANIFEST,
    MARK,
    PREFIX,
    ROWS,
    SIGNATURE,
    SIGNED,
    TRAITS,
    VERSION,
    Head,
    Manifest,
    Part,
    Signer,
    fingerprint,
    raw,
)
from hygie.model.seams import Given, Input, Reader
from hygie.sources.opening import Content, shown
from hygie.sources.opening.archives import seekable
from hygie.sources.opening.documents import lines
from hygie.sources.opening.limits import CHUNK, Budget, Counted

Trusted = Callable[[str], Signer | None]
"""Whom people accepted, by public key (base64); None nobody."""
_LARGEST = 64 << 20
"""Bytes of a manifest."""
_LINE = 1 << 20
"""Bytes of a line: many times the longest that is written."""
_LONGEST, _MOST = 4096, 10_000
"""Characters of a text, and texts of a list, in a row."""
_GREATEST = 1 << 62
_HEAD = b'{"format":"hygie observations",'
_SUBJECT = re.compile(r"device:(?:mac|ip)=[0-9a-f.:]{2,45}")
_PLACE = re.compile(r"(?:(?:packet|line|record|offset) [0-9]{1,19})?")
_REASON = re.compile(r"refusal\.[a-z0-9_.]{1,60}")


class Package(NamedTuple):
    """A file that was found to be what its sensor signed."""

    signer: Signer
    manifest: Manifest
    members: tuple[tuple[Part, Content], ...]


def is_package(item: Input) -> bool:
    """Whether a content begins as such a file."""
    named = struct.pack("<H", len(MARK)) == item.head[26:28] and item.head[30:].startswith(MARK.encode())
    return named and item.head.startswith(b"PK\x03\x04")


def recognises(source: Input) -> bool:
    """A file, or a part of one."""
    return is_package(source) or source.head.startswith(_HEAD)


# ---------------------------------------------------------------- the file


def opened(item: Content, trusted: Trusted) -> Package:
    """The parts of a file, checked as the numbered steps above say. Raises UNREADABLE."""
    if not is_package(item):
        raise ValueError("refusal.observations.bare")
    file = seekable(item)
    archive = zipfile.ZipFile(file)
    held = {info.filename: info for info in archive.infolist()}
    if len(held) != len(archive.infolist()) or len(held) > item.limits.members:
        raise ValueError("refusal.observations.members")
    budget = Budget(item.size if item.size > 0 else CHUNK, item.limits)
    manifest, signed = _manifest(archive, held)
    signer = trusted(manifest.key)
    if signer is None:
        args = (f"key={_fingerprint(manifest.key)}", f"sensor={shown(manifest.sensor, 64)}")
        raise ValueError("refusal.observations.signer", *args)
    _check(signed, _small(archive, held, SIGNATURE), signer)
    _complete(manifest, held)
    members = tuple((part, _member(item, archive, held[part.file], part, signer, budget)) for part in manifest.parts)
    for part, member in members:
        _same(part, member)
    return Package(signer, manifest, members)


def _manifest(archive: zipfile.ZipFile, held: dict[str, zipfile.ZipInfo]) -> tuple[Manifest, bytes]:
    """Step 2. Raises ValueError."""
    data = _small(archive, held, MANIFEST)
    manifest = msgspec.json.decode(data, type=Manifest)
    if manifest.format != FORMAT or manifest.version != VERSION:
        raise ValueError("refusal.observations.form", f"version={manifest.version}")
    return manifest, data


def _small(archive: zipfile.ZipFile, held: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    """A member that is read whole. Raises ValueError where it is missing or larger than it may be."""
    info = held.get(name)
    if info is None:
        raise ValueError("refusal.observations.missing", f"name={name}")
    with archive.open(info) as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError("refusal.large", f"limit={_LARGEST // 1_000_000}")
    return data


def _fingerprint(key: str) -> str:
    """Of a key that may be none."""
    try:
        return fingerprint(key)
    except ValueError:
        return "?"


def _check(signed: bytes, signature: bytes, signer: Signer) -> None:
    """Step 4. Raises ValueError."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        if len(signature) != SIGNED:
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(raw(signer.key)).verify(signature, PREFIX + signed)
    except InvalidSignature:
        raise ValueError("refusal.observations.signature", f"sensor={signer.sensor}") from None


def _complete(manifest: Manifest, held: dict[str, zipfile.ZipInfo]) -> None:
    """Step 5. Raises ValueError."""
    named = Counter(part.file for part in manifest.parts)
    wanted = {MARK, MANIFEST, SIGNATURE, *named}
    if missing := sorted(wanted - held.keys()):
        raise ValueError("refusal.observations.missing", f"name={shown(missing[0], 80)}")
    if len(wanted) != len(named) + 3 or max(named.values(), default=1) > 1 or held.keys() - wanted:
        raise ValueError("refusal.observations.members")


def _member(
    item: Content, archive: zipfile.ZipFile, info: zipfile.ZipInfo, part: Part, signer: Signer, budget: Budget
) -> Content:
    """One part, under a name that tells file, site, sensor and capture. Raises UNREADABLE."""
    name = "/".join((item.name, shown(signer.site, 64), signer.sensor, shown(part.origin.name, 200)))
    opener = partial(_counted, archive, info, budget)
    return Content(name, opener, item.limits, size=info.file_size)


def _counted(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
    return cast(BinaryIO, Counted(cast(BinaryIO, archive.open(info)), info.filename, budget))


def _same(part: Part, member: Content) -> None:
    """Step 6; no more is unpacked than the manifest tells. Raises ValueError."""
    digest, size = hashlib.sha256(), 0
    with member.open() as stream:
        while size <= part.size and (chunk := stream.read(CHUNK)):
            digest.update(chunk)
            size += len(chunk)
    if size != part.size or digest.hexdigest() != part.sha256:
        raise ValueError("refusal.observations.changed", f"place={part.file}")


# ---------------------------------------------------------------- a part


def read(source: Input, given: Given) -> Iterator[Any]:
    """Rows of one part. Raises ValueError for what is none, or holds other counts than it says, and DecodeError."""
    if is_package(source):
        raise ValueError("refusal.observations.bare")
    rows = lines(source, _LINE)
    head = msgspec.json.decode(next(rows), type=Head)
    if head.format != FORMAT or head.version != VERSION:
        raise ValueError("refusal.observations.form", f"version={head.version}")
    missing = [kind for kind, columns in COLUMNS.items() if set(_needed(kind)) - set(head.columns.get(kind, ()))]
    if missing:
        raise ValueError("refusal.observations.columns", f"kinds={', '.join(missing)}")
    told: Counter[str] = Counter()
    strange = 0
    for line in rows:
        if not line:
            continue
        kind, *values = msgspec.json.decode(line, type=list[Any])
        known = kind if isinstance(kind, str) and kind in ROWS else ""
        told[known] += 1
        row = _row(known, values, head, source.name, given) if known else None
        if row is None:
            strange += 1
        else:
            yield row
    if told[""] or any(told[kind] != head.rows.get(kind, 0) for kind in ROWS):
        raise ValueError("refusal.observations.counts")
    if strange:
        yield Refusal(given.reading, source.name, "", "refusal.observations.rows", (f"count={strange}",))


def _needed(kind: str) -> list[str]:
    """Columns without a default."""
    required = {f.name for f in msgspec.inspect.type_info(ROWS[kind]).fields if f.required}  # type: ignore[attr-defined]
    return [name for name in COLUMNS[kind] if name in required]


def _row(kind: str, values: list[Any], head: Head, name: str, given: Given) -> Any:
    """One row; None for what no capture gives. Columns that are not known here are left out."""
    if len(values) != len(head.columns[kind]):
        return None
    told = dict(zip(head.columns[kind], values, strict=True))
    own = {"reading": given.reading, "site": given.site, "name": name}
    try:
        row: Any = msgspec.convert({**{c: told[c] for c in COLUMNS[kind] if c in told}, **own}, ROWS[kind])
    except msgspec.ValidationError:
        return None
    return row if _holds(row, told.values()) else None


def _holds(row: Any, values: Any) -> bool:
    """Whether a row is one that traffic gives, and its values can rest."""
    if not all(_fits(value) for value in values):
        return False
    if isinstance(row, Evidence):
        known = row.trait in TRAITS and 0 <= row.confidence <= 1
        return known and bool(_SUBJECT.fullmatch(row.subject) and _PLACE.fullmatch(row.place))
    if isinstance(row, Refusal):
        return bool(_REASON.fullmatch(row.reason)) and len(row.place) < 200
    return bool(_PLACE.fullmatch(getattr(row, "place", "")))


def _fits(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST
    if isinstance(value, list):
        return len(value) <= _MOST and all(isinstance(one, str) and len(one) <= _LONGEST for one in value)
    return isinstance(value, bool | float) or (isinstance(value, int) and 0 <= value < _GREATEST)


READER = Reader(KIND, 1, recognises, read, snapshot=False, speaker=Speaker.OBSERVED)
