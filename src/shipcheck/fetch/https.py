"""A pack from a gzipped tar archive on a web server."""

import ssl
from hashlib import sha256
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib import request
from urllib.error import HTTPError
from urllib.parse import urlsplit

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.archive import unpack
from shipcheck.fetch.deadline import within
from shipcheck.fetch.fetched import Fetched, Limits, Progress
from shipcheck.fetch.source_address import Address

# The media types that servers use for such archives; a web page is none of them.
_TYPES = frozenset(
    {
        "",
        "application/gzip",
        "application/octet-stream",
        "application/tar+gzip",
        "application/x-compressed",
        "application/x-compressed-tar",
        "application/x-gzip",
        "application/x-tar",
        "application/x-tgz",
        "binary/octet-stream",
    }
)
_CHUNK = 64 * 1024
_PATIENCE = 15.0


def fetch_archive(address: Address, limits: Limits, progress: Progress) -> Fetched:
    """The files of the archive, and its digest.

    Raises:
        CannotJudgeError: the server does not return such an archive in time.
    """
    content = within(limits.seconds, lambda: _download(address.place, limits, progress))
    return Fetched(unpack(content, limits, address.folder), f"sha256:{sha256(content).hexdigest()}")


def _download(url: str, limits: Limits, progress: Progress) -> bytes:
    wanted = request.Request(url, headers={"Accept-Encoding": "identity", "User-Agent": "shipcheck"})  # noqa: S310 - https, or this machine
    try:
        with _opener().open(wanted, timeout=min(_PATIENCE, limits.seconds)) as response:
            return _body(response, limits, progress)
    except HTTPError as error:
        error.close()
        raise CannotJudgeError(f"the server responded {error.code} {error.reason}") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise CannotJudgeError(f"cannot download the archive: {reason}") from None


def _opener() -> request.OpenerDirector:
    """An opener that supports http, https and the proxies of the environment, and nothing else."""
    opener = request.OpenerDirector()
    handlers = (
        request.ProxyHandler(),
        request.UnknownHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        _NotElsewhere(),
        request.HTTPErrorProcessor(),
    )
    for handler in handlers:
        opener.add_handler(handler)
    return opener


class _NotElsewhere(request.HTTPRedirectHandler):
    """Follows a few redirects, only within the same server."""

    max_redirections = 3

    def redirect_request(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> request.Request | None:
        """The next request.

        Raises:
            CannotJudgeError: it would go to another server.
        """
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc.lower()) != (new.scheme, new.netloc.lower()):
            fp.close()
            raise CannotJudgeError(f"the server redirects to {newurl}; if you trust that server, use its address as the source")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _body(response: HTTPResponse, limits: Limits, progress: Progress) -> bytes:
    expected = _expected(response.headers, limits.total)
    content = bytearray()
    while chunk := response.read1(_CHUNK):
        content += chunk
        if len(content) > limits.total:
            raise CannotJudgeError(f"the archive is larger than {limits.total:,} bytes")
        progress("fetch", len(content), expected or limits.total)
    if expected is not None and len(content) != expected:
        raise CannotJudgeError(f"the archive is truncated: received {len(content):,} of {expected:,} bytes")
    return bytes(content)


def _expected(headers: HTTPMessage, most: int) -> int | None:
    """The number of bytes that the server announces; None if it does not.

    Raises:
        CannotJudgeError: they are too many, or the content is not an archive.
    """
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise CannotJudgeError(
            f"expected an archive, but the server returned {'a web page (' + kind + ')' if 'html' in kind else kind}"
        )
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise CannotJudgeError("the server added an unexpected content encoding")
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:18]) > most:
        raise CannotJudgeError(f"the archive is larger than {most:,} bytes")
    return int(length) if length.isdecimal() else None
