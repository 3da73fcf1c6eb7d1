"""A gzipped tar archive to the files of a pack, in memory: nothing is ever extracted to disk."""

import zlib

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.fetched import Collection, Limits, is_hidden
from shipcheck.fetch.tar import BLOCK, Member, members

HEAD = "pack.yaml"
_GZIP = b"\x1f\x8b"
_HEADERS = 16 + zlib.MAX_WBITS
# Room for the header of each file, for folders and for padding.
_ABOUT_A_FILE = 6 * BLOCK


def unpack(archive: bytes, limits: Limits, folder: str = "") -> dict[str, bytes]:
    """The files below a folder of the archive; a single top folder, as forges create, is skipped.

    Raises:
        CannotJudgeError: it is not a gzipped tar archive of regular files, or has more than a pack can have.
    """
    members_read = _Members(limits)
    for member in members(gunzip(archive, limits.total + limits.files * _ABOUT_A_FILE)):
        members_read.take(member)
    return _below(_without_top(members_read.collection.files), folder)


def gunzip(archive: bytes, most: int) -> bytes:
    """The uncompressed content, up to `most` bytes.

    Raises:
        CannotJudgeError: it is not gzip, is damaged or truncated, or is larger.
    """
    if not archive.startswith(_GZIP):
        what = "a web page" if archive.lstrip()[:1] == b"<" else "something else"
        raise CannotJudgeError(f"expected a gzipped tar archive, found {what}")
    unpacker = zlib.decompressobj(_HEADERS)
    try:
        content = unpacker.decompress(archive, most + 1)
    except zlib.error:
        raise CannotJudgeError("the archive is damaged") from None
    if len(content) > most:
        raise CannotJudgeError(f"the archive uncompresses to more than {most:,} bytes")
    if not unpacker.eof:
        raise CannotJudgeError("the archive is truncated")
    if unpacker.unused_data:
        raise CannotJudgeError("the archive has data after its end")
    return content


class _Members:
    """The members read so far: which paths are files and which are folders."""

    def __init__(self, limits: Limits) -> None:
        self.collection = Collection(limits)
        self._kinds: dict[str, bool] = {}
        self._left = 2 * limits.files

    def take(self, member: Member) -> None:
        self._left -= 1
        if self._left < 0:
            raise CannotJudgeError("the archive has too many members")
        path = _inside(member.name)
        if not path and not member.is_folder:
            raise CannotJudgeError("the archive has a file without a name")
        if not path:
            return
        self._place(path, is_folder=member.is_folder)
        if not member.is_folder and not is_hidden(path):
            self.collection.add(path, member.content)

    def _place(self, path: str, *, is_folder: bool) -> None:
        steps = path.split("/")
        above = ("/".join(steps[:depth]) for depth in range(1, len(steps)))
        for part, wanted in (*((part, True) for part in above), (path, is_folder)):
            if self._kinds.setdefault(part, wanted) != wanted:
                raise CannotJudgeError(f"{path} makes {part} both a file and a folder")


def _inside(name: str) -> str:
    """The name as a path from the top of the archive; empty for the top itself."""
    path = name.removesuffix("/").removeprefix("./")
    if name.strip("./") == "" and not name.startswith(("/", "..")):
        return ""
    steps = path.split("/")
    if "\\" in name or ":" in name or any(step in {"", ".", ".."} or not step.isprintable() for step in steps):
        shown = name.encode("unicode_escape").decode("ascii")
        raise CannotJudgeError(f"{shown} is not a path inside the archive")
    return path


def _without_top(files: dict[str, bytes]) -> dict[str, bytes]:
    tops = {path.partition("/")[0] for path in files}
    if len(tops) != 1 or not all("/" in path for path in files):
        return files
    return {path.partition("/")[2]: content for path, content in files.items()}


def _below(files: dict[str, bytes], folder: str) -> dict[str, bytes]:
    start = f"{folder}/" if folder else ""
    return {path.removeprefix(start): content for path, content in files.items() if path.startswith(start)}
