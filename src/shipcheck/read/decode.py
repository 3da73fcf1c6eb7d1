"""Bytes to text, or the problem that prevents it."""

import re

from shipcheck.model.document import LFS_POINTER, MAX_BYTES, File
from shipcheck.model.file_sizes import most_bytes
from shipcheck.model.location import Location, whole_file
from shipcheck.model.problem import Problem
from shipcheck.read.marks import FORBIDDEN, ORDINARY

_LINE_BREAK = re.compile("\r\n|\r|\n")


def decode(file: File) -> str | Problem:
    """The text of a file: UTF-8, at most 1 MiB, or 8 MiB of waivers, without a leading byte order mark."""
    content = file.content
    place = whole_file(file.origin, file.path)
    if len(content) > most_bytes(file.path):
        return _too_large(file)
    if content.startswith(LFS_POINTER):
        return Problem(place, "lfs-pointer", f"{file.path} is a Git LFS pointer, not its content; keep it out of LFS")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return _undecodable(file, error)
    # Almost every file is plain ASCII, and deleting its ordinary bytes takes a tenth of the time of a search.
    if content.isascii() and not content.translate(None, ORDINARY):
        return text
    forbidden = FORBIDDEN.search(text)
    return _forbidden(file, text, forbidden.start()) if forbidden else text


def _too_large(file: File) -> Problem:
    most = most_bytes(file.path)
    advice = "split it into several files" if most == MAX_BYTES else "delete the waivers of what is fixed, or fix more"
    message = f"{file.path} is larger than {most // MAX_BYTES} MiB; {advice}"
    return Problem(whole_file(file.origin, file.path), "file-too-large", message)


def _undecodable(file: File, error: UnicodeDecodeError) -> Problem:
    before = file.content[: error.start].decode("utf-8", "replace")
    byte = file.content[error.start]
    return Problem(
        place_after(file, before),
        "not-utf-8",
        f"{file.path} is not UTF-8 (byte 0x{byte:02x}); save it as UTF-8",
    )


def _forbidden(file: File, text: str, offset: int) -> Problem:
    return Problem(
        place_after(file, text[:offset]),
        "forbidden-character",
        f"character U+{ord(text[offset]):04X} is not allowed, because reviewers cannot see it; delete it",
    )


def place_after(file: File, before: str) -> Location:
    """The one character after this text in a file."""
    lines = _LINE_BREAK.split(before)
    line, column = len(lines), len(lines[-1]) + 1
    return Location(file.origin, file.path, line, column, line, column + 1)
