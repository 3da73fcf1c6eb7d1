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

# Servers name one and the same thing in many ways; a web page is none of them.
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
        CannotJudgeError: the server does not give such an archive in time.
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
        raise CannotJudgeError(f"the server answers {error.code} {error.reason}") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise CannotJudgeError(f"the server gives no archive: {reason}") from None


def _opener() -> request.OpenerDirector:
    """One that knows http, https and the proxies of the environment, and nothing else."""
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
    """Follows a few redirects, each to the same server."""

    max_redirections = 3

    def redirect_request(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> request.Request | None:
        """The request to make instead.

        Raises:
            CannotJudgeError: it would go to another server.
        """
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc.lower()) != (new.scheme, new.netloc.lower()):
            fp.close()
            raise CannotJudgeError(f"the server redirects to elsewhere: {newurl}; if you trust that place, name it as the source")
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
        raise CannotJudgeError(f"the archive is cut off: the server gives {len(content):,} of {expected:,} bytes")
    return bytes(content)


def _expected(headers: HTTPMessage, most: int) -> int | None:
    """How many bytes the server says that it gives; None where it does not say.

    Raises:
        CannotJudgeError: they are too many, or it says that it gives something else than an archive.
    """
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise CannotJudgeError(f"the server gives no archive but {'a web page (' + kind + ')' if 'html' in kind else kind}")
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise CannotJudgeError("the server packs the archive once more, which nobody asked for")
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:18]) > most:
        raise CannotJudgeError(f"the archive is larger than {most:,} bytes")
    return int(length) if length.isdecimal() else None
