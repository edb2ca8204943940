"""The units were made by GStreamer 1.22: rtspsrc asks, gst-rtsp-server answers."""

import pytest

from hygie.wire import rtsp
from wire.hostile import said, survives

OPTIONS = (
    b"OPTIONS rtsp://127.0.0.1:48554/chambre-durand RTSP/1.0\r\n"
    b"CSeq: 1\r\n"
    b"User-Agent: GStreamer/1.22.0\r\n"
    b"Date: Tue, 24 Nov 2026 01:30:07 GMT\r\n"
    b"\r\n"
)
PUBLIC = (
    b"RTSP/1.0 200 OK\r\n"
    b"CSeq: 1\r\n"
    b"Public: OPTIONS, DESCRIBE, ANNOUNCE, GET_PARAMETER, PAUSE, PLAY, RECORD, SETUP, SET_PARAMETER, TEARDOWN\r\n"
    b"Server: GStreamer RTSP server\r\n"
    b"Date: Tue, 24 Nov 2026 01:30:07 GMT\r\n"
    b"\r\n"
)
DESCRIBED = (
    b"RTSP/1.0 200 OK\r\n"
    b"CSeq: 2\r\n"
    b"Content-Type: application/sdp\r\n"
    b"Content-Base: rtsp://127.0.0.1:48554/chambre-durand/\r\n"
    b"Server: GStreamer RTSP server\r\n"
    b"Date: Tue, 24 Nov 2026 01:30:07 GMT\r\n"
    b"Content-Length: 437\r\n"
    b"\r\n"
    b"v=0\r\n"
    b"o=- 548249800983535373 1 IN IP4 127.0.0.1\r\n"
    b"s=Session streamed with GStreamer\r\n"
    b"i=rtsp-server\r\n"
    b"t=0 0\r\n"
    b"a=tool:GStreamer\r\n"
    b"a=type:broadcast\r\n"
    b"a=control:*\r\n"
    b"a=range:npt=0-\r\n"
    b"m=video 0 RTP/AVP 96\r\n"
    b"c=IN IP4 0.0.0.0\r\n"
    b"a=rtpmap:96 RAW/90000\r\n"
    b"a=framerate:30\r\n"
    b"a=fmtp:96 sampling=BGRA;depth=8;width=320;height=240;colorimetry=SMPTE240M\r\n"
    b"a=control:stream=0\r\n"
    b"a=ts-refclk:local\r\n"
    b"a=mediaclk:sender\r\n"
    b"a=ssrc:1548464664 cname:user1627875937@host-ba4bfb9e\r\n"
)


def test_both_ends_name_their_software() -> None:
    assert said(rtsp.DISSECTOR, OPTIONS) == {("sender", "http_user_agent", "GStreamer/1.22.0")}
    assert said(rtsp.DISSECTOR, PUBLIC) == {("sender", "server_software", "GStreamer RTSP server")}
    camera = PUBLIC.replace(b"GStreamer RTSP server", b"Hipcam RealServer/V1.0")
    assert said(rtsp.DISSECTOR, camera) == {("sender", "server_software", "Hipcam RealServer/V1.0")}


def test_what_is_watched_is_not_said() -> None:
    assert b"chambre-durand" in OPTIONS
    for unit in (OPTIONS, DESCRIBED, OPTIONS.replace(b"GStreamer/1.22.0", b"marie@pc")):
        assert not any(word in str(said(rtsp.DISSECTOR, unit)) for word in ("durand", "marie"))


def test_units_and_ends() -> None:
    assert (rtsp.DISSECTOR.sender(OPTIONS), rtsp.DISSECTOR.sender(PUBLIC), rtsp.DISSECTOR.sender(b"$\0")) == (
        "client",
        "server",
        "",
    )
    assert rtsp.DISSECTOR.length(DESCRIBED + PUBLIC) == len(DESCRIBED)
    assert rtsp.DISSECTOR.length(b"RTSP/1.0") == rtsp.DISSECTOR.length(OPTIONS[:50]) == 0
    with pytest.raises(ValueError, match="no message"):
        rtsp.DISSECTOR.length(b"$\0\0\x20 and what a camera shows")
    with pytest.raises(ValueError, match="no number"):
        rtsp.DISSECTOR.length(PUBLIC.replace(b"Date:", b"Content-Length: -3\r\nDate:"))


def test_hostile() -> None:
    survives(rtsp.DISSECTOR, [OPTIONS, PUBLIC, DESCRIBED])
