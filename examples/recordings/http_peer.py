"""Python's own HTTP server under a device's name. `http_peer.py PORT SERVER_HEADER` ("" keeps Python's)."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answering(BaseHTTPRequestHandler):
    """Takes what is posted, and answers a few words."""

    if sys.argv[2]:
        server_version, sys_version = sys.argv[2], ""

    def do_GET(self) -> None:
        """A page of one line."""
        self.answer(b"<html><title>ready</title></html>\n", "text/html")

    def do_POST(self) -> None:
        """Reads the body and thanks for it."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.answer(b'{"accepted":true}\n', "application/json")

    def answer(self, body: bytes, kind: str) -> None:
        """One answer."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Answering).serve_forever()
