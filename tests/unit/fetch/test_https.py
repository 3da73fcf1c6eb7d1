"""Archives from a real web server, over https, which also misbehaves: each way of it is refused with its reason, in time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.archives import member, packed
from tests.support.servers import Answer, Handler, Server, web, write_certificate

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetch import fetch
from shipcheck.fetch.fetched import Fetched, Limits
from shipcheck.fetch.source_address import parse_address

GOOD = packed([member(b"base-1.2.0/pack.yaml", b"pack: a\n"), member(b"base-1.2.0/packs/b/pack.yaml", b"pack: b\n")])
QUICK = Limits(20, 1024 * 1024, 256 * 1024, 0.4)
PATIENT = QUICK._replace(seconds=20.0)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_certificate(tmp_path_factory.mktemp("certificate") / "server.pem")


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("NO_PROXY", "*")
    with web(certificate=certificate) as running:
        yield running


def got(url: str, limits: Limits = PATIENT) -> Fetched:
    return fetch(parse_address(url), Path(), limits, lambda *_: None)


def refusal(server: Server, answer: Answer, limits: Limits = PATIENT) -> str:
    server.answers["/a.tar.gz"] = answer
    url = server.url("/a.tar.gz")
    with pytest.raises(CannotJudgeError) as refused:
        got(url, limits)
    assert str(refused.value).startswith(f"{url}: ")
    return str(refused.value).removeprefix(f"{url}: ")


def test_an_archive_is_fetched_with_its_digest(server: Server) -> None:
    server.answers["/a.tar.gz"] = lambda handler: handler.reply(GOOD)
    steps: list[tuple[str, int, int]] = []
    found = fetch(parse_address(server.url("/a.tar.gz")), Path(), PATIENT, lambda *step: steps.append(step))
    assert found.files == {"pack.yaml": b"pack: a\n", "packs/b/pack.yaml": b"pack: b\n"}
    assert found.resolved.startswith("sha256:")
    assert steps[-1] == ("fetch", len(GOOD), len(GOOD))
    assert got(server.url("/a.tar.gz//packs/b")).files == {"pack.yaml": b"pack: b\n"}


def test_a_body_in_chunks_without_a_length_is_fetched(server: Server) -> None:
    def chunks(handler: Handler) -> None:
        handler.reply(b"", length=0, Content_Length="", Transfer_Encoding="chunked")
        handler.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD))

    server.answers["/a.tar.gz"] = chunks
    assert set(got(server.url("/a.tar.gz")).files) == {"pack.yaml", "packs/b/pack.yaml"}


def test_a_redirect_on_the_same_server_is_followed(server: Server) -> None:
    server.answers |= {
        "/a.tar.gz": lambda handler: handler.reply(b"", 302, Location="/b/c"),
        "/b/c": lambda handler: handler.reply(GOOD),
    }
    assert "pack.yaml" in got(server.url("/a.tar.gz")).files


def redirected(target: str) -> Answer:
    return lambda handler: handler.reply(b"", 302, Location=target)


@pytest.mark.parametrize("target", ["https://127.0.0.2:1/a.tar.gz", "https://evil.example/", "file:///etc/passwd", "ftp://h/a"])
def test_a_redirect_to_elsewhere_is_refused(server: Server, target: str) -> None:
    reason = refusal(server, redirected(target))
    assert target in reason
    assert "redirect" in reason.lower()
    assert len(server.asked) == 1


def test_a_redirect_to_another_port_or_without_encryption_is_refused(server: Server) -> None:
    with web({"*": lambda handler: handler.reply(GOOD)}) as other:
        assert "if you trust that server" in refusal(server, redirected(other.url("/a.tar.gz")))
        assert "if you trust that server" in refusal(server, redirected(server.url("/b").replace("https", "http")))
        assert other.asked == []


def test_redirects_in_a_circle_are_refused(server: Server) -> None:
    assert "the server responded 302" in refusal(server, redirected("/a.tar.gz"))
    assert len(server.asked) < 10


def endless(handler: Handler) -> None:
    handler.reply(b"", length=0, Content_Length="")
    while not handler.server.over.is_set():
        handler.wfile.write(GOOD * 1000)


def slow(handler: Handler) -> None:
    handler.reply(GOOD[:10], length=len(GOOD))
    for mark in GOOD[10:]:
        if handler.server.over.wait(0.05):
            return
        handler.wfile.write(bytes([mark]))


def silent(handler: Handler) -> None:
    handler.server.over.wait()


def slow_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"X-More: yes\r\n")


@pytest.mark.parametrize("answer", [slow, silent, slow_headers])
def test_a_server_that_takes_its_time_is_left(server: Server, answer: Answer) -> None:
    assert refusal(server, answer, QUICK) in {
        "timed out after 0.4 seconds",
        "cannot download the archive: The read operation timed out",
        "cannot download the archive: timed out",
    }


def cut_chunks(handler: Handler) -> None:
    handler.reply(b"", length=0, Content_Length="", Transfer_Encoding="chunked")
    handler.wfile.write(b"fff\r\n" + GOOD[:20])


def garbage(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01\x02 no HTTP at all\r\n\r\n")


def answered(body: bytes = GOOD, status: int = 200, length: int | None = None, **headers: str) -> Answer:
    return lambda handler: handler.reply(body, status, length, **headers)


MISBEHAVIOUR: dict[str, tuple[Answer, str]] = {
    "endless": (endless, "the archive is larger than 1,048,576 bytes"),
    "too long by its own word": (answered(length=2_000_000), "the archive is larger than 1,048,576 bytes"),
    "absurdly long": (answered(length=10**30), "the archive is larger than 1,048,576 bytes"),
    "cut off": (answered(length=len(GOOD) + 9), f"the archive is truncated: received {len(GOOD)} of {len(GOOD) + 9} bytes"),
    "cut off in a chunk": (cut_chunks, "cannot download the archive"),
    "cut off inside": (answered(GOOD[:50]), "the archive is truncated"),
    "longer than it says": (answered(GOOD + b"more"), "the archive has data after its end"),
    "a page": (
        answered(b"<html>", Content_Type="text/html; charset=utf-8"),
        "expected an archive, but the server returned a web page (text/html)",
    ),
    "a page called archive": (answered(b"<!doctype html>"), "expected a gzipped tar archive, found a web page"),
    "a picture": (answered(Content_Type="image/png"), "expected an archive, but the server returned image/png"),
    "packed twice": (answered(Content_Encoding="gzip"), "the server added an unexpected content encoding"),
    "nothing": (answered(b""), "expected a gzipped tar archive, found something else"),
    "not found": (answered(b"", 404), "the server responded 404 Not Found"),
    "denied": (answered(b"", 403), "the server responded 403 Forbidden"),
    "broken": (answered(b"", 500), "the server responded 500 Internal Server Error"),
    "no HTTP": (garbage, "cannot download the archive"),
    "nothing new": (answered(b"", 304), "the server responded 304 Not Modified"),
    "a folder without a pack": (answered(packed([member(b"../x")])), "../x is not a path inside the archive"),
}


@pytest.mark.parametrize("case", MISBEHAVIOUR)
def test_a_server_that_misbehaves_is_refused_with_its_reason(server: Server, case: str) -> None:
    answer, reason = MISBEHAVIOUR[case]
    assert reason in refusal(server, answer)


@pytest.mark.parametrize(
    "answer",
    [
        answered(b"", Content_Type="text/\x1b[2Jx"),
        answered(b"", 302, Location="https://evil.example/\x1b]0;x\x07"),
        answered(packed([member(b"a\x1b[31m\x9b", kind=b"2")])),
        answered(packed([member(b"a\x1b[31m", kind=b"2")])),
        lambda handler: handler.wfile.write(b"HTTP/1.1 404 \x1b[2J::error::x\r\n\r\n"),
    ],
)
def test_a_reason_carries_no_commands_to_a_terminal(server: Server, answer: Answer) -> None:
    assert refusal(server, answer).isprintable()


def test_a_server_that_nobody_vouches_for_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate verify failed" in refusal(server, answered())


def test_a_server_that_is_not_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with web() as server:
        place = server.place
    with pytest.raises(CannotJudgeError, match="cannot download the archive"):
        got(f"https://{place}/a.tar.gz")


def test_the_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with web({"*": answered(b"", 407)}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        with pytest.raises(CannotJudgeError, match="the server responded 407"):
            got("http://localhost:1/a.tar.gz")
        assert proxy.asked == ["http://localhost:1/a.tar.gz"]
