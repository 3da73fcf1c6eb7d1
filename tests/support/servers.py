"""Real servers on this machine, each on a free port: web servers that behave as told, git's own, a registry's own."""

import ipaddress
import os
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by its path, as the server was told."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        """Answer."""
        self.server.asked.append(self.path)
        self.close_connection = True
        answer = self.server.answers.get(self.path.partition("?")[0]) or self.server.answers.get("*")
        with suppress(ConnectionError, ssl.SSLError):
            if answer is None:
                self.reply(b"no such thing", status=404)
            else:
                answer(self)

    do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815 - names of the standard library

    def reply(self, body: bytes, status: int = 200, length: int | None = None, **headers: str) -> None:
        """A whole answer; `Content_Type` stands for `Content-Type`, and an empty header is left out."""
        self.send_response(status)
        given = {
            "Content_Length": str(len(body) if length is None else length),
            "Content_Type": "application/gzip",
            "Connection": "close",
            **headers,
        }
        for name, value in given.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A web server whose answers can be changed while it runs; `over` is set when it ends."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.over = Event()
        self.scheme = "http"

    @property
    def place(self) -> str:
        """`127.0.0.1:PORT`."""
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.scheme}://{self.place}{path}"

    def handle_error(self, *_: Any) -> None:
        """A client that goes away is no error."""


@contextmanager
def web(answers: Mapping[str, Answer] | None = None, certificate: Path | None = None) -> Iterator[Server]:
    """A web server; with a certificate (a file with its key in it), one that speaks https."""
    server = Server(answers or {})
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def write_certificate(path: Path) -> Path:
    """A certificate for this machine, made by itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    alternatives = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alternatives, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + built.public_bytes(Encoding.PEM))
    return path


def git_backend(folder: Path) -> Answer:
    """What git's own server answers for the repositories in a folder, over http."""

    def answer(handler: Handler) -> None:
        path, _, query = handler.path.partition("?")
        given = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": handler.command,
            "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": handler.headers.get("Content-Encoding", ""),
        }
        done = subprocess.run(["git", "http-backend"], input=given, env=environment, capture_output=True, check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        told = dict(line.split(": ", 1) for line in head.decode("ascii").split("\r\n"))
        handler.reply(body, int(told.get("Status", "200").split()[0]), Content_Type=told.get("Content-Type", ""))

    return answer


@contextmanager
def registry(folder: Path) -> Iterator[str]:
    """Debian's docker-registry, which keeps its blobs in a folder; its `127.0.0.1:PORT`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    settings = folder / "registry.yml"
    storage = f"storage: {{filesystem: {{rootdirectory: {folder / 'blobs'}}}, delete: {{enabled: true}}}}"
    settings.write_text(f"version: 0.1\nlog: {{level: error}}\n{storage}\nhttp: {{addr: {place}}}\n", "utf-8")
    process = subprocess.Popen(["docker-registry", "serve", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(place, process)
        yield place
    finally:
        process.terminate()
        process.wait()


def _wait_for(place: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the registry answers, or has ended."""
    while process.poll() is None:
        connection = HTTPConnection(place, timeout=5)
        try:
            connection.request("GET", "/v2/")
            connection.getresponse().read()
        except ConnectionRefusedError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError("the registry does not start")
