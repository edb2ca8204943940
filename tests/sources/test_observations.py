"""Signed observations: what a sensor signed is read, and nothing else."""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from door import everything
from handmade import row
from hygie import sources
from hygie.exports import observations as leaving
from hygie.exports.observations import Parcel
from hygie.model.evidence import Coverage, Evidence, Reading, Refusal, Speaker, Trait
from hygie.model.fleet import Flow
from hygie.model.observed import COLUMNS, MANIFEST, PREFIX, SIGNATURE, TRAITS, Manifest, Signer, fingerprint
from hygie.model.seams import Given
from hygie.serve.clock import SystemClock
from hygie.sources import observations
from hygie.sources.intake import Rows, Shelf, intake
from hygie.sources.opening import UNREADABLE, Content, Limits, upload
from hygie.sources.series import UNREAD, Terms

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(PRIVATE.public_key().public_bytes_raw()).decode()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
SIGNER = Signer(PUBLIC, "bloc-1", "nord", "A. Martin", "2026-09-01")
GIVEN = Given("nord", "R1")


def reading(name: str = "a.pcap", sha256: str = "ab" * 32, **more: Any) -> Reading:
    return row(Reading, id="R0", name=name, kind="pcap", reader_version=3, size=99, sha256=sha256, **more)


def rows(address: str = "10.1.2.3") -> dict[str, list[Any]]:
    said = row(Evidence, reading="R0", subject=f"device:ip={address}", trait=Trait.IP, value=address, place="packet 4")
    flow = row(
        Flow,
        reading="R0",
        site="local",
        sensor="eth0",
        client=address,
        server="10.1.2.4",
        transport="tcp",
        port=104,
        service="dicom",
        packets_out=7,
        first=5,
        last=9,
        opened=True,
        place="packet 4",
    )
    seen = row(Coverage, reading="R0", site="local", sensor="eth0", first=5, last=9, packets=7, lost=2, vlans=("10",))
    told = Refusal("R0", "a.pcap", "packet 9", "refusal.capture.undecoded", ("count=3",))
    return {"evidence": [said], "flow": [flow], "coverage": [seen], "refusal": [told]}


def package(*parcels: Parcel, sign: Callable[[bytes], bytes] = PRIVATE.sign, key: str = PUBLIC) -> bytes:
    out = io.BytesIO()
    leaving.write(out, parcels or [Parcel(reading(), rows())], "bloc-1", key, "2026-09-01T00:00:00Z", sign)
    return out.getvalue()


def content(data: bytes, limits: Limits | None = None) -> Content:
    (one,) = upload("nord.zip", data, limits or Limits())
    assert isinstance(one, Content), one
    return one


def trusted(key: str) -> Signer | None:
    return SIGNER if key == PUBLIC else None


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return out.getvalue()


def signed(held: dict[str, bytes], manifest: Manifest) -> dict[str, bytes]:
    data = msgspec.json.encode(manifest)
    return {**held, MANIFEST: data, SIGNATURE: PRIVATE.sign(PREFIX + data)}


def why(data: bytes) -> str:
    with pytest.raises(UNREADABLE) as found:
        observations.opened(content(data), trusted)
    return str(found.value.args[0])


def part(data: bytes) -> list[Any]:
    return list(sources.read(content(data), observations.READER, GIVEN))


LINES = list(leaving.lines(Parcel(reading(), rows())))
PART = b"".join(LINES)


# ---------------------------------------------------------------- the file


def test_what_was_signed_comes_back_to_the_row_under_the_receivers_site() -> None:
    found = observations.opened(content(package()), trusted)
    assert found.signer is SIGNER
    ((told, member),) = found.members
    assert (told.origin.name, told.origin.kind, told.origin.sha256) == ("a.pcap", "pcap", "ab" * 32)
    assert member.name == "nord.zip/nord/bloc-1/a.pcap"
    got = list(sources.read(member, observations.READER, GIVEN))
    here = {
        kind: [replace(one, reading="R1", **({"site": "nord"} if hasattr(one, "site") else {})) for one in some]
        for kind, some in rows().items()
    }
    here["refusal"] = [replace(here["refusal"][0], name=member.name)]
    assert got == [one for kind in COLUMNS for one in here[kind]]


def test_a_key_that_nobody_accepted_is_told_with_its_fingerprint() -> None:
    with pytest.raises(ValueError, match="signer") as found:
        observations.opened(content(package()), lambda _: None)
    assert f"key={fingerprint(PUBLIC)}" in found.value.args


def test_the_signature_is_checked_with_the_accepted_key() -> None:
    assert why(package(sign=OTHER.sign)) == "refusal.observations.signature"
    assert why(package(sign=lambda data: PRIVATE.sign(data[1:]))) == "refusal.observations.signature"
    assert why(package(sign=lambda _: b"")) == "refusal.observations.signature"


def test_members_are_those_that_were_signed_no_fewer_no_more_each_to_the_byte() -> None:
    held = members(package())
    first = next(name for name in held if name.endswith(".jsonl"))
    for name in (first, MANIFEST, SIGNATURE):
        assert why(packed({n: d for n, d in held.items() if n != name})) == "refusal.observations.missing"
    assert why(packed({**held, "more.jsonl": PART})) == "refusal.observations.members"
    assert why(packed({**held, first: held[first].replace(b"10.1.2.3", b"10.1.2.9")})) == "refusal.observations.changed"
    assert why(packed({**held, first: held[first] + b"\n"})) == "refusal.observations.changed"
    changed = held[MANIFEST].replace(b"a.pcap", b"b.pcap")
    assert why(packed({**held, MANIFEST: changed})) == "refusal.observations.signature"


def test_what_was_signed_and_cannot_be_is_refused() -> None:
    held = members(package())
    manifest = msgspec.json.decode(held[MANIFEST], type=Manifest)
    assert why(packed(signed(held, replace(manifest, version=2)))) == "refusal.observations.form"
    twice = replace(manifest, parts=manifest.parts * 2)
    assert why(packed(signed(held, twice))) == "refusal.observations.members"
    own = replace(manifest, parts=(replace(manifest.parts[0], file=MANIFEST),))
    assert why(packed(signed(held, own))) == "refusal.observations.members"
    lying = replace(manifest, parts=(replace(manifest.parts[0], size=10),))
    assert why(packed(signed(held, lying))) == "refusal.observations.changed"


def test_a_name_twice_in_the_archive_is_refused() -> None:
    out = io.BytesIO(package())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("000001.jsonl", PART)
    assert why(out.getvalue()) == "refusal.observations.members"


def test_no_more_is_unpacked_than_a_file_may_give() -> None:
    held = members(package())
    manifest = msgspec.json.decode(held[MANIFEST], type=Manifest)
    bomb = b"0" * 3_000_000
    big = replace(manifest.parts[0], size=1 << 40)
    data = packed({**signed(held, replace(manifest, parts=(big,))), "000001.jsonl": bomb})
    with pytest.raises(ValueError, match=r"refusal\.bomb"):
        observations.opened(content(data, Limits(free=1_000_000, ratio=2)), trusted)


def test_names_never_lead_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    held = members(package(Parcel(reading("../../../tmp/x.pcap"), rows())))
    manifest = msgspec.json.decode(held[MANIFEST], type=Manifest)
    assert manifest.parts[0].origin.name == "x.pcap"
    away = replace(manifest.parts[0], file="../away.jsonl")
    data = packed({**signed(held, replace(manifest, parts=(away,))), "../away.jsonl": held["000001.jsonl"]} | {})
    held = members(data)
    del held["000001.jsonl"]
    found = observations.opened(content(packed(held)), trusted)
    assert [member.name for _, member in found.members] == ["nord.zip/nord/bloc-1/x.pcap"]
    assert list(tmp_path.parent.glob("away*")) == list(tmp_path.iterdir()) == []


def test_damage_anywhere_is_refused_and_never_half_read() -> None:
    """Each byte changed, and the file cut at each byte: a refusal, or the very same rows (bytes that say nothing)."""
    data = package()
    whole = [one for _, member in observations.opened(content(data), trusted).members for one in _rows(member)]
    for at in range(len(data)):
        for broken in (data[:at], data[:at] + bytes((data[at] ^ 0x41,)) + data[at + 1 :]):
            for item in upload("nord.zip", broken):
                if isinstance(item, Refusal) or not observations.is_package(item):
                    continue
                try:
                    found = observations.opened(item, trusted)
                except UNREADABLE:
                    continue
                assert [one for _, member in found.members for one in _rows(member)] == whole, at


def _rows(member: Content) -> list[Any]:
    return list(sources.read(member, observations.READER, GIVEN))


# ---------------------------------------------------------------- a part


def test_a_part_alone_says_nothing() -> None:
    assert observations.recognises(content(PART))
    assert why(PART) == "refusal.observations.bare"
    (told,) = sources.read(content(package()), observations.READER, GIVEN)
    assert (told.reason, told.whole) == ("refusal.observations.bare", True)


@pytest.mark.parametrize(
    "line",
    [
        b'["evidence","device:ip=10.1.2.3","remark","DUPONT","DUPONT","packet 1",1.0,0,0]',
        b'["evidence","device:inv=BM1","ip","10.1.2.3","10.1.2.3","packet 1",1.0,0,0]',
        b'["evidence","device:ip=10.1.2.3","ip","10.1.2.3","10.1.2.3","=cmd()",1.0,0,0]',
        b'["evidence","device:ip=10.1.2.3","ip","10.1.2.3","10.1.2.3","packet 1",9.0,0,0]',
        b'["evidence","device:ip=10.1.2.3","ip","10.1.2.3","10.1.2.3","packet 1",1.0,0,99999999999999999999]',
        b'["evidence","device:ip=10.1.2.3","ip",7,"10.1.2.3","packet 1",1.0,0,0]',
        b'["evidence","device:ip=10.1.2.3","no trait","x","x","packet 1",1.0,0,0]',
        b'["evidence","device:ip=10.1.2.3","ip","' + b"x" * 5000 + b'","x","packet 1",1.0,0,0]',
        b'["evidence"]',
        b'["refusal","packet 1","<b>",[]]',
    ],
)
def test_lines_that_no_capture_gives_are_counted_and_left_out(line: bytes) -> None:
    kind = msgspec.json.decode(line)[0]
    head = msgspec.json.decode(LINES[0])
    head["rows"][kind] += 1
    found = part(msgspec.json.encode(head) + b"\n" + b"".join(LINES[1:]) + line + b"\n")
    assert [one for one in found if not isinstance(one, Refusal)] == part(PART)[:3]
    assert (found[-1].reason, found[-1].args) == ("refusal.observations.rows", ("count=1",))


def test_counts_that_lie_and_columns_that_lack_are_told() -> None:
    assert part(LINES[0] + b"".join(LINES[2:]))[-1].reason == "refusal.observations.counts"
    assert part(PART + LINES[1])[-1].reason == "refusal.observations.counts"
    assert part(PART + b'[["evidence"],1]\n')[-1].reason == "refusal.observations.counts"
    head = msgspec.json.decode(LINES[0])
    head["columns"]["flow"].remove("port")
    assert part(msgspec.json.encode(head) + b"\n")[-1].reason == "refusal.observations.columns"
    assert part(LINES[0].replace(b'"version":1', b'"version":9'))[-1].reason == "refusal.observations.form"


def test_columns_of_a_newer_version_are_passed_over() -> None:
    head = msgspec.json.decode(LINES[0])
    head["columns"]["coverage"].insert(0, "weather")
    lines = [msgspec.json.decode(line) for line in LINES[1:]]
    for one in lines:
        if one[0] == "coverage":
            one.insert(1, "rain")
    assert part(b"\n".join(msgspec.json.encode(one) for one in (head, *lines))) == part(PART)


def test_truncated_at_every_byte_it_gives_rows_and_a_refusal() -> None:
    whole = part(PART)
    for at in range(len(LINES[0]), len(PART) - 1):
        found = part(PART[:at])
        assert isinstance(found[-1], Refusal), at
        assert set(map(repr, found[:-1])) <= set(map(repr, whole)), at


def test_what_traffic_can_say_is_what_may_be_handed_over(root: Path) -> None:
    said: set[str] = set()
    for folder in ("wire", "sources/capture", "sources/sensors"):
        for file in (root / "src" / "hygie" / folder).rglob("*.py"):
            said.update(re.findall(r"Trait\.([A-Z_0-9]+)", file.read_text(encoding="utf-8")))
    assert {Trait[name] for name in said} <= TRAITS
    assert Trait.REMARK not in TRAITS and Trait.WARD not in TRAITS and Trait.INVENTORY not in TRAITS


# ---------------------------------------------------------------- taking it in


def taken(path: Path, known: list[Reading], accept: bool = True) -> list[tuple[Reading, Rows | None]]:
    shelf = Shelf(SystemClock(), known, lambda _: {}, trusted=trusted if accept else lambda _: None)
    return list(intake([str(path)], Terms("centre"), shelf))


def test_each_part_is_a_reading_of_its_sensors_site_and_the_same_part_is_known(tmp_path: Path) -> None:
    one, two = Parcel(reading(), rows()), Parcel(reading("b.pcap", "cd" * 32), rows("10.1.2.9"))
    (tmp_path / "nord.zip").write_bytes(package(one))
    ((first, some),) = taken(tmp_path / "nord.zip", [])
    assert some is not None
    assert (first.site, first.source, first.kind, first.speaker) == (
        "nord",
        "nord/observations/bloc-1",
        "observations",
        Speaker.OBSERVED,
    )
    assert (first.sha256, first.size, first.stated, first.refused) == ("ab" * 32, 99, 3, 1)
    assert first.author == f"bloc-1 {fingerprint(PUBLIC)}"
    (tmp_path / "newer.zip").write_bytes(package(one, two))
    again, more = taken(tmp_path / "newer.zip", [first])
    assert (again[0].id, again[1]) == (first.id, None)
    assert more[0].id != first.id and more[1] is not None
    assert [found for _, found in taken(tmp_path / "nord.zip", [first, more[0]])] == [None]


def test_a_capture_that_is_read_here_already_is_not_added_again(tmp_path: Path) -> None:
    (tmp_path / "nord.zip").write_bytes(package())
    here = replace(reading(), id="R7", site="nord")
    assert [(one.id, some) for one, some in taken(tmp_path / "nord.zip", [here])] == [("R7", None)]
    elsewhere = replace(here, site="sud")
    assert [some is None for _, some in taken(tmp_path / "nord.zip", [elsewhere])] == [False]


def test_a_refused_file_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "nord.zip").write_bytes(package())
    ((told, some),) = taken(tmp_path / "nord.zip", [], accept=False)
    assert some is not None
    assert (told.kind, some["refusal"][0].reason) == (UNREAD, "refusal.observations.signer")
    ((found, some),) = taken(tmp_path / "nord.zip", [told])
    assert (found.kind, found.stated) == ("observations", 3)


def test_it_may_lie_in_another_archive(tmp_path: Path) -> None:
    (tmp_path / "mail.zip").write_bytes(packed({"nord.zip": package()}))
    ((found, _),) = taken(tmp_path / "mail.zip", [])
    assert found.name == "mail.zip/nord.zip/nord/bloc-1/a.pcap".replace("mail.zip", str(tmp_path / "mail.zip"))


def test_a_loose_part_is_refused(tmp_path: Path) -> None:
    (tmp_path / "000001.jsonl").write_bytes(PART)
    ((told, some),) = taken(tmp_path / "000001.jsonl", [])
    assert some is not None
    assert (told.kind, some["refusal"][0].reason) == (UNREAD, "refusal.observations.bare")
    assert b"10.1.2.3" not in everything(tmp_path / "absent")
