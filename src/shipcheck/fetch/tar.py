"""The members of a tar archive, read strictly.

The reader of the standard library supports many dialects, and stops silently at a damaged member. Here an archive consists of
regular files and folders with plain headers, from its first byte to its last; anything else is refused.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.errors import CannotJudgeError

BLOCK = 512
_END = bytes(2 * BLOCK)
_FILE, _FOLDER, _HEADER, _COMMENT, _LONG_NAME = b"0", b"5", b"x", b"g", b"L"
_KINDS = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"6": "a named pipe",
    b"K": "a link with a long target",
    b"S": "a sparse file",
}
# The keys that a pax header can have; others could change the size, the kind, the target of a link, or where data begins.
_HARMLESS = frozenset({"path", "mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment"})
_LONGEST_HEADER = 16 * BLOCK


class Member(NamedTuple):
    """A file of an archive, or a folder, whose content is empty."""

    name: str
    is_folder: bool
    content: bytes


def members(archive: bytes) -> Iterator[Member]:
    """Every member, in the order of the archive.

    Raises:
        CannotJudgeError: the archive is damaged or truncated, or contains something other than files and folders.
    """
    at, longer = 0, ""
    while archive[at : at + len(_END)] != _END:
        header = archive[at : at + BLOCK]
        kind, size = _checked(header, longer)
        content = archive[at + BLOCK : at + BLOCK + size]
        at += BLOCK + -(-size // BLOCK) * BLOCK
        if len(content) < size or at > len(archive):
            raise CannotJudgeError("the archive is truncated")
        if kind in {_HEADER, _COMMENT, _LONG_NAME}:
            longer = _next_name(kind, content, longer)
            continue
        yield _member(kind, longer or _name(header), content)
        longer = ""
    if longer or archive[at:].strip(b"\0"):
        raise CannotJudgeError("the archive has data after its end")


def _checked(header: bytes, longer: str) -> tuple[bytes, int]:
    """The kind and the size of a member, from a header with the right checksum."""
    if len(header) < BLOCK:
        raise CannotJudgeError("the archive is truncated")
    checksum = _number(header[148:156])
    if checksum != sum(header) - sum(header[148:156]) + 8 * ord(" ") or header[257:262] != b"ustar":
        raise CannotJudgeError("the archive is damaged, or not a tar archive")
    kind = header[156:157].replace(b"\0", _FILE)
    if kind not in {_FILE, _FOLDER, _HEADER, _COMMENT, _LONG_NAME}:
        what = _KINDS.get(kind, "of an unsupported type")
        raise CannotJudgeError(f"{longer or _name(header)} is {what}; a pack can only contain regular files")
    size = _number(header[124:136])
    if kind in {_HEADER, _COMMENT, _LONG_NAME} and size > _LONGEST_HEADER:
        raise CannotJudgeError("the archive has a header that is too long")
    return kind, size


def _number(digits: bytes) -> int:
    text = digits.strip(b" \0")
    if not text or len(text) > 11 or text.strip(b"01234567"):
        raise CannotJudgeError("the archive is damaged, or not a tar archive")
    return int(text, 8)


def _name(header: bytes) -> str:
    name = _text(header[:100].split(b"\0", 1)[0])
    # GNU tar stores times where others store the first part of a long name.
    prefix = _text(header[345:500].split(b"\0", 1)[0]) if header[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotJudgeError("the archive has a name that is not UTF-8") from None


def _next_name(kind: bytes, content: bytes, longer: str) -> str:
    """The name that a header gives to the next member; empty if it gives none."""
    if longer:
        raise CannotJudgeError(f"{longer} has two headers for one name")
    if kind == _LONG_NAME:
        return _text(content.rstrip(b"\0"))
    records = _records(content)
    strange = sorted(set(records) - (_HARMLESS if kind == _HEADER else {"comment"}))
    if strange:
        raise CannotJudgeError(f"the archive has the unsupported header '{strange[0]}'")
    return records.get("path", "")


def _records(content: bytes) -> dict[str, str]:
    """The records of a pax header, each `LENGTH KEY=VALUE` and a newline."""
    records: dict[str, str] = {}
    at = 0
    while at < len(content):
        digits, space, _ = content[at : at + 8].partition(b" ")
        length = int(digits) if space and digits.isdigit() else 0
        record = content[at : at + length]
        key, sign, value = record[len(digits) + 1 : -1].partition(b"=")
        if not length or len(record) < length or not sign or not record.endswith(b"\n") or b"\0" in record:
            raise CannotJudgeError("the archive has a damaged header")
        if (name := _text(key)) in records:
            raise CannotJudgeError(f"the archive has a header with a duplicate '{name}'")
        records[name] = _text(value)
        at += length
    return records


def _member(kind: bytes, name: str, content: bytes) -> Member:
    is_folder = kind == _FOLDER
    if (is_folder and content) or (not is_folder and name.endswith("/")):
        raise CannotJudgeError(f"{name} is a file by its header but a folder by its name")
    return Member(name, is_folder, content)
