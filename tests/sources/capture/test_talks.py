from hygie.sources.capture.talks import ICMP, ICMP6, TCP, UDP, Half, Talk, transport_name

HERE, THERE = bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2))


def test_a_talk_begins_knowing_nothing() -> None:
    talk = Talk(TCP, (40000, 104))
    assert (talk.ports, talk.caller, talk.opened, talk.dissector, talk.tries) == ((40000, 104), 0, False, None, 0)
    half = talk.forth = Half(talk, HERE, THERE)
    assert (half.source, half.target, half.round, half.begin, half.stream, half.units) == (HERE, THERE, 0, -1, None, 0)
    assert talk.back is None


def test_names_of_transports() -> None:
    assert [transport_name(number) for number in (TCP, UDP, ICMP, ICMP6, 47)] == ["tcp", "udp", "icmp", "icmp", "gre"]
    assert transport_name(200) == "ip/200"
