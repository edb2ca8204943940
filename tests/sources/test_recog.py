from pathlib import Path

from hostile import content, endures, flips, of, reasons, rows, truncations
from hygie.model.evidence import Refusal, Trait
from hygie.model.rule import Rule
from hygie.sources import recognise
from hygie.sources.recog import READER

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<fingerprints matches="{}" protocol="x" database_type="service">\n'
FILE = (
    HEAD.format("ssh.banner")
    + r"""<!-- software and comment -->
<fingerprint pattern="^OpenPump_([\d.]+)(?: Debian-.*)?$" flags="REG_ICASE">
  <description>A pump's server</description>
  <example service.version="7.1">openpump_7.1</example>
  <param pos="0" name="hw.vendor" value="Acme"/>
  <param pos="0" name="hw.product" value="Pump {service.version}"/>
  <param pos="1" name="service.version"/>
  <param pos="0" name="service.cpe23" value="cpe:/a:acme:open%21pump:{service.version}"/>
  <param pos="0" name="os.vendor" value="Debian"/>
  <param pos="0" name="os.family" value="Linux"/>
  <param pos="0" name="os.product" value="Linux"/>
</fingerprint>
<fingerprint pattern="^Rtos(?:_(\d+))?" certainty="0.5">
  <param pos="0" name="os.product" value="VxWorks"/>
  <param pos="1" name="os.version"/>
</fingerprint>
<fingerprint pattern="^Edge (\w+) v(\S+)$">
  <param pos="0" name="os.device" value="Switch"/>
  <param pos="0" name="os.vendor" value="Acme"/>
  <param pos="1" name="os.product"/>
  <param pos="2" name="os.version"/>
  <param pos="0" name="os.cpe23" value="cpe:/o:acme:edge_firmware:-"/>
</fingerprint>
<fingerprint pattern="^(?!a)b"><param pos="0" name="hw.vendor" value="Acme"/></fingerprint>
<fingerprint pattern="^c$"><example>d</example><param pos="0" name="hw.vendor" value="Acme"/></fingerprint>
</fingerprints>
"""
).encode()


def test_fingerprints_become_rules() -> None:
    assert recognise(content(FILE)) is READER
    found = rows(READER, FILE)
    told = {(r.place, r.concludes): (r.value, r.confidence) for r in of(Rule, found)}
    assert told == {
        ("line 4", Trait.MANUFACTURER): ("Acme", 0.85),
        ("line 4", Trait.PRODUCT): ("Pump {1}", 0.85),
        ("line 4", Trait.OS): ("Debian", 0.85),
        ("line 4", Trait.CPE): ("cpe:2.3:a:acme:open\\!pump:{1|*}:*:*:*:*:*:*:*", 0.85),
        ("line 15", Trait.OS): ("VxWorks {1|}", 0.5),
        ("line 19", Trait.MANUFACTURER): ("Acme", 0.85),
        ("line 19", Trait.PRODUCT): ("{1}", 0.85),
        ("line 19", Trait.FIRMWARE): ("{2}", 0.85),
        ("line 19", Trait.KIND): ("network_equipment", 0.85),
        ("line 19", Trait.ROLE): ("switch", 0.85),
        ("line 19", Trait.CPE): ("cpe:2.3:o:acme:edge_firmware:*:*:*:*:*:*:*:*", 0.85),
    }
    assert {r.reads for r in of(Rule, found)} == {Trait.SSH_SOFTWARE}
    assert {r.source for r in of(Rule, found)} == {"Recog, sample"}
    assert reasons(found) == [("line 26", "refusal.pattern.group"), ("line 27", "refusal.recog.example")]


def test_what_looks_at_texts_that_are_not_kept_is_refused_whole() -> None:
    (refusal,) = rows(READER, (HEAD.format("html_title") + "</fingerprints>").encode())
    assert isinstance(refusal, Refusal) and refusal.whole
    assert (refusal.reason, refusal.args) == ("refusal.recog.other", ("matches=html_title",))


def test_other_xml_is_not_taken_for_it() -> None:
    assert recognise(content(b"<?xml version='1.0'?><bom/>")) is not READER


def test_entities_are_not_followed() -> None:
    bomb = (
        b'<!DOCTYPE f [<!ENTITY a "b">]>' + HEAD.format("ssh.banner").partition("\n")[2].encode() + b"</fingerprints>"
    )
    assert endures(READER, bomb) == []


def test_it_endures_damage() -> None:
    for damaged in (*truncations(FILE), *flips(FILE)):
        endures(READER, damaged)


def test_recog_s_own_files_are_taken_whole(shared: Path) -> None:
    read = 0
    for file in sorted((shared / "fingerprints" / "recog" / "xml").glob("*.xml")):
        found = rows(READER, file.read_bytes())
        if reasons(found) == [("", "refusal.recog.other")]:
            continue
        assert reasons(found) == [], file.name
        read += len({row.name for row in of(Rule, found)})
    assert read > 1_400
