"""Pages by address: bounded, checked at every step, and never inside a private network unless a person says so."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from intake_samples import SAMPLES, atom, page
from loopback import Server, serving
from recoupe.errors import InputError, UnreadableInput
from recoupe.intake.sources import Collector
from recoupe.intake.web import address
from recoupe.intake.web.address import is_public, resolved
from recoupe.intake.web.fetching import Fetching, document, fetch
from recoupe.model import Dispatch

HERE = Fetching(allow_private=True, seconds=5)
SAMPLE = SAMPLES[0]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def refused(url: str, how: Fetching = HERE) -> str:
    with pytest.raises(UnreadableInput) as error:
        document(url, how)
    assert error.value.source.split("?")[0].startswith("http")
    return str(error.value)


def test_a_page_by_its_address(server: Server) -> None:
    server["/a"] = page(SAMPLE)
    (found,) = Collector(fetching=HERE).collect([server.url("/a")])
    assert isinstance(found, Dispatch)
    assert (found.title, found.text, found.outlet) == (SAMPLE.title, SAMPLE.text, SAMPLE.outlet)
    assert found.url == SAMPLE.url  # the page's own, canonical one
    assert server.paths() == ["/a"]


def test_a_feed_by_its_address_and_nothing_else_is_asked_for(server: Server) -> None:
    server["/feed"] = (200, {"Content-Type": "text/html"}, atom().encode())
    found = list(Collector(fetching=HERE).collect([server.url("/feed")]))
    assert [getattr(one, "title", one) for one in found] == [sample.title for sample in SAMPLES]
    assert server.paths() == ["/feed"]


def test_we_name_ourselves(server: Server) -> None:
    server["/"] = page(SAMPLE)
    document(server.url(), HERE)
    assert server.headers("/")["user-agent"].startswith("Recoupe/")
    document(server.url(), Fetching(allow_private=True, user_agent="Desk/1 (desk@lefleuve.example)"))
    assert server.headers("/")["user-agent"] == "Desk/1 (desk@lefleuve.example)"
    assert "cookie" not in server.headers("/")


def test_what_a_server_packed_is_unpacked(server: Server) -> None:
    server["/"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(page(SAMPLE).encode()))
    assert document(server.url(), HERE).body == page(SAMPLE).encode()


def test_the_encoding_that_a_server_states(server: Server) -> None:
    body = page(SAMPLE).replace('<meta charset="utf-8">', "").replace("’", "'").encode("cp1252", "replace")
    server["/"] = (200, {"Content-Type": "text/html; charset=windows-1252"}, body)
    (found,) = Collector(fetching=HERE).collect([server.url()])
    assert isinstance(found, Dispatch)
    assert "après-midi" in found.text


class TestRefusals:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://0.0.0.0/",
            "http://169.254.169.254/latest/meta-data/", "http://172.16.0.9/", "http://100.64.0.1/", "http://2130706433/",
            "http://0x7f.1/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/", "http://224.0.0.1/",
        ],
    )  # fmt: skip
    def test_addresses_inside_private_networks(self, url: str) -> None:
        assert "inside a private network" in refused(url, Fetching())

    @pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
    def test_public_addresses_are_not(self, ip: str) -> None:
        import ipaddress

        assert is_public(ipaddress.ip_address(ip))

    @pytest.mark.parametrize(
        ("url", "why"),
        [
            ("http://user:secret@lefleuve.example/", "a user name or a password"),
            ("http://", "no address|only http"),
            ("http://name-that-nobody-has.invalid/", "is not known"),
            ("http://a..b/", "not known|no address"),
        ],
    )
    def test_what_is_no_address(self, url: str, why: str) -> None:
        with pytest.raises(UnreadableInput, match=why) as error:
            document(url, Fetching())
        assert "secret" not in str(error.value)

    @pytest.mark.parametrize(
        ("status", "why"),
        [(404, "404 Not Found"), (403, "403 Forbidden"), (500, "500 Internal Server Error"), (204, "204 No Content")],
    )
    def test_what_is_no_success(self, server: Server, status: int, why: str) -> None:
        server["/"] = status
        assert f"the server answers {why}" in refused(server.url())

    @pytest.mark.parametrize("media", ["image/png", "application/pdf", "video/mp4", "font/woff2"])
    def test_wrong_content_types(self, server: Server, media: str) -> None:
        server["/"] = (200, {"Content-Type": media}, b"<p>words</p>")
        assert f"its content type is {media}" in refused(server.url())

    def test_nobody_answers(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            assert "refused" in refused(f"http://127.0.0.1:{free.getsockname()[1]}/")

    def test_a_stated_length_that_is_too_much(self, server: Server) -> None:
        server["/"] = (200, {"Content-Type": "text/html", "Content-Length": "999999999"}, b"")
        assert "longer than 16,000,000 bytes (999,999,999)" in refused(server.url())

    def test_redirects_that_never_end(self, server: Server) -> None:
        server["/a"] = (302, {"Location": "/b"}, b"")
        server["/b"] = (302, {"Location": "/a"}, b"")
        assert "more than 5 redirects" in refused(server.url("/a"))
        assert len(server.paths()) == 6

    def test_a_redirect_into_a_private_network(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        server["/"] = (302, {"Location": "http://10.0.0.1/secret"}, b"")
        monkeypatch.setattr(address, "is_public", lambda ip: str(ip) == "127.0.0.1")
        assert "10.0.0.1 is an address inside a private network" in refused(server.url(), Fetching())

    @pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://lefleuve.example/a", "gopher://x/"])
    def test_a_redirect_out_of_the_web(self, server: Server, location: str) -> None:
        server["/"] = (302, {"Location": location}, b"")
        with pytest.raises(UnreadableInput, match="only http and https"):
            document(server.url(), HERE)


def test_redirects_are_followed(server: Server) -> None:
    server["/old"] = (301, {"Location": "/new"}, b"")
    server["/new"] = page(SAMPLE)
    answer = document(server.url("/old"), HERE)
    assert (answer.url, answer.moved) == (server.url("/new"), server.url("/new"))


def test_a_name_is_resolved_once_and_that_address_is_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and private a moment later is connected to as it was checked."""
    server["/"] = page(SAMPLE)
    asked: list[str] = []

    def rebinding(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        ip = ("127.0.0.1" if asked.count(host) == 1 else "10.0.0.1") if host.endswith("example") else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(address.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(address, "is_public", lambda ip: str(ip) == "127.0.0.1")
    target = resolved(f"http://rebinding.example:{server.port}/", allow_private=False)
    assert (target.ips, target.host) == (("127.0.0.1",), "rebinding.example")
    asked.clear()
    assert fetch(f"http://rebinding.example:{server.port}/", Fetching(seconds=5)).status == 200
    assert asked == ["rebinding.example", "127.0.0.1"]
    assert server.headers("/")["host"] == f"rebinding.example:{server.port}"


def test_one_private_answer_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "192.168.0.1")]
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_, **__: answers)
    assert "inside a private network" in refused("http://both.example/", Fetching())


def test_the_next_address_of_a_name_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server["/"] = page(SAMPLE)

    def both(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        ips = ["127.0.0.2", "127.0.0.1"] if host == "both.example" else [host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(address.socket, "getaddrinfo", both)
    assert document(f"http://both.example:{server.port}/", HERE).status == 200


class TestSlow:
    """A server that takes its time is left alone when the time is up, whatever it sends."""

    def take(self, url: str) -> float:
        began = time.monotonic()
        assert "no whole answer within 0.5 s" in refused(url, Fetching(allow_private=True, seconds=0.5))
        return time.monotonic() - began

    def test_one_that_says_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            assert self.take(f"http://127.0.0.1:{silent.getsockname()[1]}/") < 3

    def test_one_whose_headers_never_end(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            threading.Thread(target=self.drip, args=(listening, b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), daemon=True).start()
            assert self.take(f"http://127.0.0.1:{listening.getsockname()[1]}/") < 3

    def test_one_whose_body_drips(self, server: Server) -> None:
        def drip(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "text/html")
            request.end_headers()
            for _ in range(100):
                request.wfile.write(b"<p>")
                time.sleep(0.05)

        server["/"] = drip
        assert self.take(server.url()) < 3

    @staticmethod
    def drip(listening: socket.socket, first: bytes, then: bytes) -> None:
        connection, _ = listening.accept()
        with connection:
            try:
                connection.sendall(first)
                for _ in range(40):
                    connection.sendall(then)
                    time.sleep(0.05)
            except OSError:
                return


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody signed, for river.example."""
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=river.example",
               "-addext", "subjectAltName=DNS:river.example", "-keyout", f"{path}.key", "-out", f"{path}.crt"]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not there to make a certificate")
    return path


class TestCertificates:
    """The certificate is that of the name, though the connection is to an address."""

    @pytest.fixture(autouse=True)
    def _secured(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with serving() as running:
            self.server = running
            running["/"] = page(SAMPLE)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
            self.front = socket.create_server(("127.0.0.1", 0))
            threading.Thread(target=self.relay, args=(context,), daemon=True).start()
            answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", self.front.getsockname()[1]))]
            monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_, **__: answer)
            self.certificate = certificate
            yield
            self.front.close()

    def relay(self, context: ssl.SSLContext) -> None:
        """Answers each connection with one page, over TLS."""
        body = page(SAMPLE).encode()
        while True:
            try:
                connection, _ = self.front.accept()
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(65536)
                    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
                    secured.sendall(head.encode() + body)
            except ssl.SSLError:
                continue
            except OSError:
                return

    def url(self, name: str) -> str:
        return f"https://{name}:{self.front.getsockname()[1]}/"

    def test_one_that_nobody_signed_is_not_trusted(self) -> None:
        assert "certificate" in refused(self.url("river.example"))

    def test_one_that_is_trusted_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trust(monkeypatch)
        assert document(self.url("river.example"), HERE).status == 200

    def test_but_not_for_another_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trust(monkeypatch)
        assert "certificate" in refused(self.url("lake.example"))

    def trust(self, monkeypatch: pytest.MonkeyPatch) -> None:
        context = ssl.create_default_context(cafile=f"{self.certificate}.crt")
        monkeypatch.setattr("recoupe.intake.web.fetching._tls", lambda: context)


def test_an_error_names_the_address_and_the_rest_is_done(server: Server, tmp_path: Path) -> None:
    server["/gone"] = 410
    (tmp_path / "a.txt").write_text("Les soldats ont quitté la base dans la nuit.", encoding="utf-8")
    first, second = Collector(fetching=HERE).collect([server.url("/gone"), tmp_path / "a.txt"])
    assert isinstance(first, InputError)
    assert str(first) == f"{server.url('/gone')}: the server answers 410 Gone"
    assert isinstance(second, Dispatch)
