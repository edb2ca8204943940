from hygie.facts import rules as ours
from hygie.model.evidence import Reading, Speaker, Trait
from hygie.model.rule import Rule
from hygie.register import Register, attributes, build
from hygie.register.rules import own
from register.hospital import Hospital


def rule(reading: str = "local-rules-2026-08-11", **changed: object) -> Rule:
    given: dict[str, object] = {
        "reading": reading, "place": "A2", "name": "house", "reads": Trait.HOST_NAME, "pattern": "^irm", "unless": "",
        "concludes": Trait.KIND, "value": "mri", "confidence": 0.9, "source": "naming plan",
    }  # fmt: skip
    return Rule(**{**given, **changed})  # type: ignore[arg-type]


def built(known: Hospital, *rules: Rule) -> Register:
    return build(known.ground()._replace(rules=rules))


def test_the_rules_that_come_with_hygie_are_sound() -> None:
    assert len(own()) == len(ours.lines())


def test_a_header_tells_a_range_of_systems_and_what_it_rests_on() -> None:
    known = Hospital()
    known.seen("02:00:00:00:00:01", "10.0.0.1", http_server="Microsoft-IIS/10.0")
    made = built(known)
    (device,) = made.devices
    assert (device.os, device.os_family) == ("Windows NT 10.0", True)
    (system,) = [one for one in made.conclusions if one.trait is Trait.OS]
    assert (system.rule, system.raw, system.device, system.rule_origin) == (
        "iis-10.0",
        "Microsoft-IIS/10.0",
        device.id,
        "",
    )
    assert "lifecycle" in system.source
    told = attributes(device, made.members, known.evidence, known.readings, made.conclusions)
    (shown,) = [one for one in told if one.trait is Trait.OS]
    assert (shown.winner, shown.rule, shown.speaker) == (True, "iis-10.0", Speaker.OBSERVED)
    assert [c.value for c in made.conclusions if c.trait is Trait.CPE] == [
        "cpe:2.3:a:microsoft:internet_information_services:10.0"
    ]


def test_what_says_more_wins_over_what_says_less() -> None:
    known = Hospital()
    known.seen(
        "02:00:00:00:00:01", "10.0.0.1", dhcp_vendor_class="MSFT 5.0", http_server="Microsoft-IIS/10.0",
        smb_os="Windows 10.0.17763",
    )  # fmt: skip
    known.gmao("1", mac="02:00:00:00:00:01", os="Windows Server 2019")
    made = built(known)
    (device,) = made.devices
    assert (device.os, device.os_family) == ("Windows Server 2019", False)
    assert made.contradictions == []


def test_a_family_alone_is_told_and_not_matched() -> None:
    known = Hospital()
    known.seen("02:00:00:00:00:01", "10.0.0.1", dhcp_fingerprint="1,3,6,12,15,28,42")
    known.seen("02:00:00:00:00:02", "10.0.0.2", ssh_software="OpenSSH_7.9p1 Debian-10+deb10u2")
    first, second = sorted(built(known).devices, key=lambda one: one.key)
    assert (first.os, first.os_family) == ("Linux", True)
    assert (second.os, second.os_family) == ("Debian 10", False)


def test_a_source_s_own_word_goes_before_what_is_concluded() -> None:
    known = Hospital()
    known.seen("02:00:00:00:00:01", "10.0.0.1", manufacturer="Acme Medical", oui_maker="Raspberry Pi Foundation")
    (device,) = built(known).devices
    assert device.make == "Acme Medical"
    known = Hospital()
    known.seen("02:00:00:00:00:01", "10.0.0.1", oui_maker="Raspberry Pi Foundation")
    (device,) = built(known).devices
    assert device.make == "Raspberry Pi"


def test_the_hospital_s_own_rule_counts_as_long_as_its_file_does() -> None:
    known = Hospital()
    reading = known.reading("rules")
    known.seen("02:00:00:00:00:01", "10.0.0.1", host_name="irm-2")
    (device,) = built(known, rule(reading)).devices
    assert (device.kind, device.kind_source) == ("mri", "presumed:house_rule")
    (drawn,) = built(known, rule(reading)).conclusions
    assert drawn.rule_origin == f"{reading}#A2"
    del known.readings[reading]  # forgotten, or replaced
    (device,) = built(known, rule(reading)).devices
    assert device.kind == ""


def test_the_gmao_goes_before_a_rule_and_a_designation_too() -> None:
    known = Hospital()
    reading = known.reading("rules")
    known.seen("02:00:00:00:00:01", "10.0.0.1", host_name="irm-2")
    known.gmao("1", mac="02:00:00:00:00:01", designation="Scanner")
    (device,) = built(known, rule(reading)).devices
    assert device.kind == "ct_scanner"


def test_a_rule_of_the_same_name_takes_the_place_of_ours() -> None:
    known = Hospital()
    reading = known.reading("rules")
    known.seen("02:00:00:00:00:01", "10.0.0.1", dhcp_vendor_class="MSFT 5.0")
    changed = rule(
        reading,
        name="dhcp-windows",
        reads=Trait.DHCP_VENDOR_CLASS,
        pattern="^MSFT",
        concludes=Trait.OS,
        value="ReactOS",
    )
    (device,) = built(known, changed).devices
    assert device.os == "ReactOS"


def test_of_recog_s_file_the_first_that_fits_counts() -> None:
    known = Hospital()
    reading = known.reading("recog")
    known.readings[reading] = third_party(known.readings[reading])
    known.seen("02:00:00:00:00:01", "10.0.0.1", snmp_description="Acme Switch 12")
    given = {"reads": Trait.SNMP_DESCRIPTION, "concludes": Trait.PRODUCT}
    rules = [
        rule(reading, name="f 30", place="line 30", pattern="^Acme", value="any Acme", **given),
        rule(reading, name="f 4", place="line 4", pattern="^Acme Router", value="router", **given),
        rule(reading, name="f 9", place="line 9", pattern="^Acme Switch (\\d+)", value="Switch {1}", **given),
    ]
    made = built(known, *rules)
    assert [(one.rule, one.value) for one in made.conclusions] == [("f 9", "Switch 12")]


def third_party(reading: Reading) -> Reading:
    return Reading(
        reading.id, reading.source, reading.site, "recog", 1, Speaker.THIRD_PARTY, True, reading.name, "", 1, "x", "",
        reading.read_at,
    )  # fmt: skip


def test_rules_read_nothing_that_rules_concluded() -> None:
    known = Hospital()
    reading = known.reading("rules")
    known.seen("02:00:00:00:00:01", "10.0.0.1", http_server="Microsoft-IIS/10.0")
    chained = rule(reading, reads=Trait.OS, pattern="^Windows", concludes=Trait.PRODUCT, value="chained")
    assert [one for one in built(known, chained).conclusions if one.value == "chained"] == []
