"""A client for registries of OCI artifacts, on top of oras.

Only the authentication of oras is used. Its own pull writes files and unpacks archives where the artifact says, and its requests
read whole bodies of any size, retry for minutes, and follow redirects to anywhere; so the requests are made here, on its session,
and every body is verified against its digest.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from hashlib import sha256
from types import SimpleNamespace, TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Progress
from shipcheck.fetch.source_address import Address

INSTALL = "fetching packs from a registry needs an extra: pip install 'shipcheck-ai[oci]'"
_CHUNK = 64 * 1024
_PATIENCE = 15.0
_MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSED = frozenset({401, 403})
_OK = 200
_LARGEST_TOKEN = 64 * 1024


class Registry:
    """One repository of one registry."""

    def __init__(self, address: Address, progress: Progress) -> None:
        try:
            from oras.container import Container  # noqa: PLC0415 - an extra, and 140 ms
            from oras.provider import Registry as Oras  # noqa: PLC0415
        except ImportError:
            raise CannotJudgeError(INSTALL) from None
        self._progress = progress
        self._local = address.local
        self._top = f"{'http' if address.local else 'https'}://{address.place.partition('/')[0]}"
        self._path = f"/v2/{address.place.partition('/')[2]}"
        self._oras: Any = Oras(insecure=address.local)
        self._oras.auth.load_configs(Container(address.place))
        self._oras.auth.session = _SignIn(self._oras.session, self._allow)
        self._open = ExitStack()
        self._open.callback(self._oras.session.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    def manifest(self, ref: str, accept: str, most: int) -> bytes | None:
        """The manifest of a tag or digest, at most `most` bytes of the media types `accept`; None if there is none."""
        answer = self._ask("GET", f"{self._path}/manifests/{ref}", headers={"Accept": accept})
        return None if answer.status_code == 404 else _body(_checked(answer), most, None)

    def blob(self, digest: str, size: int) -> bytes:
        """The blob of that digest and `size` in bytes.

        Raises:
            CannotJudgeError: the registry returned different content.
        """
        content = _body(_checked(self._ask("GET", f"{self._path}/blobs/{digest}")), size, self._progress)
        if len(content) != size or f"sha256:{sha256(content).hexdigest()}" != digest:
            raise CannotJudgeError(f"the registry returned content that does not match {digest}")
        return content

    def put_blob(self, content: bytes) -> str:
        """Upload a blob; returns its digest."""
        digest = f"sha256:{sha256(content).hexdigest()}"
        if self._ask("HEAD", f"{self._path}/blobs/{digest}").status_code != _OK:
            place = _checked(self._ask("POST", f"{self._path}/blobs/uploads/")).headers.get("Location", "")
            target = f"{place}{'&' if '?' in place else '?'}digest={digest}"
            _checked(self._ask("PUT", target, data=content, headers={"Content-Type": "application/octet-stream"}))
        return digest

    def put_manifest(self, ref: str, content: bytes, kind: str) -> None:
        """Upload a manifest under a tag."""
        _checked(self._ask("PUT", f"{self._path}/manifests/{ref}", data=content, headers={"Content-Type": kind}))

    def _ask(self, method: str, place: str, headers: Mapping[str, str] | None = None, data: bytes | None = None) -> Any:
        """The response to a request, repeated after authentication if the registry requires it."""
        wanted = {**(headers or {}), **(self._oras.auth.get_auth_header() or {})}
        answer = self._send(method, place, wanted, data)
        if answer.status_code not in _REFUSED:
            return answer
        wanted, signed_in = self._oras.auth.authenticate_request(answer, wanted)
        return self._send(method, place, wanted, data) if signed_in else answer

    def _send(self, method: str, place: str, headers: Mapping[str, str], data: bytes | None) -> Any:
        url, sent = urljoin(self._top, place), dict(headers)
        for _ in range(_MOST_REDIRECTS + 1):
            self._allow(url)
            if urlsplit(url).netloc != urlsplit(self._top).netloc:
                sent.pop("Authorization", None)
            answer = self._oras.session.request(
                method, url, headers=sent, data=data, stream=True, allow_redirects=False, timeout=_PATIENCE
            )
            self._open.callback(answer.close)
            if answer.status_code not in _REDIRECTS:
                return answer
            if method not in {"GET", "HEAD"}:
                raise CannotJudgeError("the registry redirects uploads")
            url = urljoin(url, answer.headers.get("Location", ""))
        raise CannotJudgeError("the registry redirects too often")

    def _allow(self, url: str) -> None:
        """Registries keep blobs elsewhere, and digests verify them; but unencrypted requests may only go to this machine."""
        own = urlsplit(url).netloc == urlsplit(self._top).netloc
        if not url.startswith("https://") and not (self._local and own):
            raise CannotJudgeError(f"the registry redirects to the unencrypted address {url}")


class _SignIn:
    """The session that oras authenticates with: the registry names the server, so the response is bounded here too."""

    def __init__(self, session: Any, allow: Callable[[str], None]) -> None:
        self._session = session
        self._allow = allow

    def get(self, url: str, **options: Any) -> SimpleNamespace:
        """The response to a GET request."""
        return self.request("GET", url, **options)

    def request(self, method: str, url: str, **options: Any) -> SimpleNamespace:
        """The response to a request, as far as oras reads it."""
        self._allow(url)
        answer = self._session.request(method, url, **options, stream=True, allow_redirects=False, timeout=_PATIENCE)
        with closing(answer):
            content = _body(answer, _LARGEST_TOKEN, None)
        return SimpleNamespace(status_code=answer.status_code, text="", json=lambda: json.loads(content))


def _checked(answer: Any) -> Any:
    if not _OK <= answer.status_code < 300:
        why = "; sign in with 'docker login' or 'oras login'" if answer.status_code in _REFUSED else ""
        raise CannotJudgeError(f"the registry responded {answer.status_code} {answer.reason}{why}")
    return answer


def _body(answer: Any, most: int, progress: Progress | None) -> bytes:
    content = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        content += chunk
        if len(content) > most:
            raise CannotJudgeError(f"the response of the registry is larger than {most:,} bytes")
        if progress is not None:
            progress("fetch", len(content), most)
    return bytes(content)
