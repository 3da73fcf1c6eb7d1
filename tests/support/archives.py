"""Tar archives as an attacker writes them: any header, any name, any end."""

import gzip
from collections.abc import Iterable

BLOCK = 512
END = bytes(2 * BLOCK)


def header(name: bytes, size: int = 0, kind: bytes = b"0", *, prefix: bytes = b"", target: bytes = b"") -> bytes:
    """One header block with a right sum."""
    fields = [
        name.ljust(100, b"\0")[:100],
        b"0000644\0" + b"0000000\0" * 2,
        b"%011o\0" % size,
        b"%011o\0" % 0,
        b" " * 8,
        kind,
        target.ljust(100, b"\0"),
        b"ustar\x0000",
        bytes(32 + 32 + 8 + 8),
        prefix.ljust(155, b"\0"),
        bytes(12),
    ]
    block = b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padded(content: bytes) -> bytes:
    """A content up to the end of its last block."""
    return content + bytes(-len(content) % BLOCK)


def member(name: bytes, content: bytes = b"", kind: bytes = b"0", *, prefix: bytes = b"", target: bytes = b"") -> bytes:
    """A header and its content."""
    return header(name, len(content), kind, prefix=prefix, target=target) + padded(content)


def pax(*records: tuple[bytes, bytes], kind: bytes = b"x") -> bytes:
    """An extended header with these records."""
    return member(b"pax", b"".join(_record(key, value) for key, value in records), kind)


def _record(key: bytes, value: bytes) -> bytes:
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest)
    while len(rest) + len(b"%d" % length) != length:
        length = len(rest) + len(b"%d" % length)
    return b"%d" % length + rest


def packed(members: Iterable[bytes] | bytes, end: bytes = END) -> bytes:
    """The archive, gzipped."""
    return gzip.compress(b"".join([members] if isinstance(members, bytes) else members) + end, 1, mtime=0)
