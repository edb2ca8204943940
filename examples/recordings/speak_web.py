"""HTTP (nginx, BusyBox, Python; curl as the client) and TLS 1.2 and 1.3 (OpenSSL at both ends)."""

import sys
from pathlib import Path

from arena import Arena, Host

HERE = Path(__file__).resolve().parent
NGINX, PYTHON, BUSYBOX = "nginx", "python", "busybox"
SOFTWARE = {"srv-carrefour": NGINX, "irm1": NGINX, "gtb1": BUSYBOX, "ct1-console": BUSYBOX}
"""Host name -> program that serves; Python where nothing stands here."""

TLS_1_3 = ("collecte.norvane.example", "relay.unknown-cloud.example", "update.quillane.example")
"""Servers that speak TLS 1.3; the others stop at 1.2."""

SERVICE_ACCOUNT = "service:not-a-real-password"
"""Given in clear by the maker's remote maintenance, as it is met: nothing of it may be kept."""


def start_server(arena: Arena, server: Host, says: dict[str, str]) -> None:
    """Starts the web server of a host."""
    home, port = arena.scratch / "www", says["port"]
    home.mkdir()
    (home / "index.html").write_text("<html><title>ready</title></html>\n")
    software = SOFTWARE.get(server.name, PYTHON)
    if software == NGINX:
        settings = arena.scratch / "nginx.conf"
        settings.write_text(
            f"daemon off; error_log stderr; pid {arena.scratch}/nginx.pid; events {{}}\n"
            f"http {{ access_log off; server {{ listen {port}; root {home};\n"
            "location / { error_page 405 =200 $uri; try_files $uri /index.html; } } }\n"
        )
        arena.start(server, ["nginx", "-e", "stderr", "-p", home, "-c", settings], {})
    elif software == BUSYBOX:
        arena.start(server, ["busybox", "httpd", "-f", "-p", port, "-h", home])
    else:
        arena.start(server, [sys.executable, HERE / "http_peer.py", port, says["server"]])
    arena.wait_port(server, int(port))


def http(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """Two requests: a page, then a state posted (maintenance: a page asked for with a password)."""
    client, server = hosts[:2]
    start_server(arena, server, says)
    agent = ["-A", says["agent"]] if says["agent"] else []
    place = f"http://{server.ip}:{says['port']}/"
    more = ["-u", SERVICE_ACCOUNT] if client.name == "nv-remote" else []
    state = ["-H", "Content-Type: application/json", "-d", '{"state":"ready","alarms":0}']
    with arena.capture(path):
        arena.run(client, ["curl", "-s", "-S", "-f", *agent, *more, place])
        if SOFTWARE.get(server.name) != BUSYBOX and not more:
            arena.run(client, ["curl", "-s", "-S", "-f", *agent, *state, f"{place}state"])


def make_certificate(arena: Arena, host: Host, subject: str) -> tuple[Path, Path]:
    """A self-signed certificate (valid from 2024 to 2029) and its key."""
    home = arena.scratch / "ca"
    home.mkdir()
    key, request, made = home / "key.pem", home / "request.pem", home / "certificate.pem"
    settings = home / "ca.conf"
    (home / "index").write_text("")
    settings.write_text(
        f"[ca]\ndefault_ca=own\n[own]\ndatabase={home}/index\nnew_certs_dir={home}\nrand_serial=yes\n"
        "default_md=sha256\npolicy=any\nunique_subject=no\n"
        "[any]\ncountryName=optional\norganizationName=optional\ncommonName=supplied\n"
    )
    new = ["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-utf8", "-subj", subject]
    arena.run(host, [*new, "-keyout", key, "-out", request])
    sign = ["openssl", "ca", "-batch", "-selfsign", "-config", settings, "-keyfile", key, "-in", request, "-out", made]
    arena.run(host, [*sign, "-notext", "-startdate", "20240301000000Z", "-enddate", "20290301000000Z"])
    return made, key


def tls(arena: Arena, hosts: list[Host], says: dict[str, str], path: Path) -> None:
    """A handshake with the server's name given (SNI), one small request, and the end."""
    client, server = hosts[:2]
    made, key = make_certificate(arena, server, says["subject"])
    home = arena.scratch / "www"
    home.mkdir()
    (home / "state").write_text("ready\n")
    version = "-tls1_3" if says["name"] in TLS_1_3 else "-tls1_2"
    serve = ["openssl", "s_server", "-quiet", "-HTTP", "-cert", made, "-key", key, "-port", says["port"], version]
    arena.start(server, ["sh", "-c", f'cd "{home}" && exec "$@"', "sh", *serve])
    arena.wait_port(server, int(says["port"]))
    ask = [
        "openssl",
        "s_client",
        "-quiet",
        "-ign_eof",
        "-connect",
        f"{server.ip}:{says['port']}",
        "-servername",
        says["name"],
    ]
    with arena.capture(path):
        answer = arena.run(client, ask, "GET /state HTTP/1.0\r\n\r\n", check=False)
    if "ready" not in answer:
        raise RuntimeError(f"no answer over TLS: {answer}")
