"""Archives: what is read of good ones, and that every hostile one is refused with its reason, within limits."""

import gzip
import io
import tarfile
import tracemalloc
import zlib
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.archives import END, header, member, packed, padded, pax
from tests.support.cases import cases

from shipcheck.errors import CannotJudgeError
from shipcheck.fetch.archive import unpack
from shipcheck.fetch.fetched import Limits
from shipcheck.fetch.pack_archive import pack_archive

LIMITS = Limits(files=20, total=1024 * 1024, largest=256 * 1024)
HEAD = member(b"pack.yaml", b"pack: a\n")
NAMES = st.from_regex(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,30}(/[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,60}){0,2}", fullmatch=True)


def refusal(archive: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(CannotJudgeError) as refused:
        unpack(archive, limits)
    return str(refused.value)


def test_files_are_read_by_their_paths() -> None:
    archive = packed(
        [member(b"./", kind=b"5"), member(b"./pack.yaml", b"a"), member(b"p/", kind=b"5"), member(b"p/x.yaml", b"b")]
    )
    assert unpack(archive, LIMITS) == {"pack.yaml": b"a", "p/x.yaml": b"b"}


def test_an_only_folder_at_the_top_is_not_counted_and_hidden_files_are_left_out() -> None:
    archive = packed([member(b"a-1/pack.yaml", b"a"), member(b"a-1/p/x.yaml", b"b"), member(b"a-1/.github/ci.yaml", b"c")])
    assert unpack(archive, LIMITS) == {"pack.yaml": b"a", "p/x.yaml": b"b"}
    assert unpack(archive, LIMITS, "p") == {"x.yaml": b"b"}


def test_long_names_are_read_in_both_dialects() -> None:
    long = b"a/" * 40 + b"b" * 90
    by_pax = pax((b"path", long), (b"mtime", b"1.5")) + member(b"short", b"1")
    by_gnu = member(b"././@LongLink", long[1:] + b"\0", b"L") + member(b"short", b"2")
    by_prefix = member(b"c.yaml", b"3", prefix=b"x/y")
    assert set(unpack(packed([HEAD, by_pax, by_prefix]), LIMITS)) == {"pack.yaml", long.decode(), "x/y/c.yaml"}
    assert "/" + "a/" * 39 + "b" * 90 in refusal(packed([HEAD, by_gnu]))


def test_what_git_archive_writes_is_read() -> None:
    assert unpack(packed([pax((b"comment", b"0" * 40), kind=b"g"), HEAD]), LIMITS) == {"pack.yaml": b"pack: a\n"}


@given(st.dictionaries(NAMES, st.binary(max_size=2000), min_size=1, max_size=8))
@cases(60)
def test_what_is_packed_comes_out_again_and_is_what_the_standard_library_reads(files: dict[str, bytes]) -> None:
    files = {"pack.yaml": b"", **{f"x{number}/{path}": content for number, (path, content) in enumerate(files.items())}}
    archive = pack_archive(files)
    assert archive == pack_archive(dict(reversed(files.items())))
    assert unpack(archive, LIMITS) == files
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as library:
        assert {one.name: library.extractfile(one).read() for one in library} == files  # type: ignore[union-attr]


REFUSED: dict[str, tuple[Iterable[bytes], str]] = {
    "up": ([member(b"../pack.yaml")], "../pack.yaml is not a path inside the archive"),
    "up in the middle": ([member(b"a/../../b")], "a/../../b is not a path inside the archive"),
    "up by a prefix": ([member(b"b", prefix=b"../..")], "../../b is not a path inside the archive"),
    "up by a pax header": ([pax((b"path", b"../b")), member(b"b")], "../b is not a path inside the archive"),
    "a folder up": ([member(b"../", kind=b"5")], "../ is not a path inside the archive"),
    "absolute": ([member(b"/etc/passwd")], "/etc/passwd is not a path inside the archive"),
    "absolute root": ([member(b"/", kind=b"5")], "/ is not a path inside the archive"),
    "a drive": ([member(b"C:/x")], "C:/x is not a path inside the archive"),
    "backslash": ([member(b"..\\x")], "..\\\\x is not a path inside the archive"),
    "a newline": ([member(b"a\nb")], "a\\nb is not a path inside the archive"),
    "an escape": ([member(b"a\x1b[2Jb")], "a\\x1b[2Jb is not a path inside the archive"),
    "no name": ([member(b"")], "the archive has a file without a name"),
    "an empty step": ([member(b"a//b")], "a//b is not a path inside the archive"),
    "a step of a dot": ([member(b"a/./b")], "a/./b is not a path inside the archive"),
    "not UTF-8": ([member(b"\xff")], "the archive has a name that is not UTF-8"),
    "hard link": ([member(b"a", kind=b"1", target=b"/etc/passwd")], "a is a hard link; a pack can only contain regular files"),
    "symbolic link": ([member(b"a", kind=b"2", target=b"/")], "a is a symbolic link; a pack can only contain regular files"),
    "character device": ([member(b"a", kind=b"3")], "a is a device; a pack can only contain regular files"),
    "block device": ([member(b"a", kind=b"4")], "a is a device; a pack can only contain regular files"),
    "pipe": ([member(b"a", kind=b"6")], "a is a named pipe; a pack can only contain regular files"),
    "contiguous": ([member(b"a", kind=b"7")], "a is of an unsupported type; a pack can only contain regular files"),
    "sparse": ([member(b"a", kind=b"S")], "a is a sparse file; a pack can only contain regular files"),
    "volume": ([member(b"a", kind=b"V")], "a is of an unsupported type; a pack can only contain regular files"),
    "long link": ([member(b"a", b"b", kind=b"K")], "a is a link with a long target; a pack can only contain regular files"),
    "twice": ([HEAD, HEAD], "pack.yaml occurs twice"),
    "twice by dot": ([HEAD, member(b"./pack.yaml")], "pack.yaml occurs twice"),
    "twice by pax": ([HEAD, pax((b"path", b"pack.yaml")), member(b"b")], "pack.yaml occurs twice"),
    "below a file": ([member(b"a"), member(b"a/b")], "a/b makes a both a file and a folder"),
    "a file where a folder is": ([member(b"a/b"), member(b"a")], "a makes a both a file and a folder"),
    "a file over a folder": ([member(b"a", kind=b"5"), member(b"a")], "a makes a both a file and a folder"),
    "a folder with content": ([member(b"a/", b"x", kind=b"5")], "a/ is a file by its header but a folder by its name"),
    "a file like a folder": ([member(b"a/", b"x")], "a/ is a file by its header but a folder by its name"),
    "size by pax": ([pax((b"size", b"9")), member(b"a")], "the unsupported header 'size'"),
    "link by pax": ([pax((b"linkpath", b"/")), member(b"a")], "the unsupported header 'linkpath'"),
    "sparse by pax": ([pax((b"GNU.sparse.major", b"1")), member(b"a")], "the unsupported header 'GNU.sparse.major'"),
    "charset by pax": ([pax((b"hdrcharset", b"BINARY")), member(b"a")], "the unsupported header 'hdrcharset'"),
    "path for all": ([pax((b"path", b"b"), kind=b"g"), member(b"a")], "the unsupported header 'path'"),
    "pax twice": ([pax((b"path", b"b"), (b"path", b"c")), member(b"a")], "a header with a duplicate 'path'"),
    "two names": ([pax((b"path", b"b")), member(b"l", b"c\0", b"L"), member(b"a")], "b has two headers for one name"),
    "pax of nothing": ([pax((b"path", b"b"))], "the archive has data after its end"),
    "pax with NUL": ([member(b"p", b"13 path=a\0bc\n", b"x"), member(b"a")], "the archive has a damaged header"),
    "pax cut off": ([member(b"p", b"99 path=a\n", b"x"), member(b"a")], "the archive has a damaged header"),
    "pax without a length": ([member(b"p", b"path=a\n", b"x"), member(b"a")], "the archive has a damaged header"),
    "pax of length 0": ([member(b"p", b"0 path=a\n", b"x"), member(b"a")], "the archive has a damaged header"),
    "pax without end": ([header(b"p", 2**30, b"x")], "the archive has a header that is too long"),
    "more than the archive": ([header(b"a", 2**33 - 1)], "the archive is truncated"),
    "too large a file": ([member(b"a", bytes(300_000))], "a has 300,000 bytes, but a file of a pack can have at most 262,144"),
    "too much": (
        [member(b"%d" % one, bytes(250_000)) for one in range(4)] + [member(b"z", bytes(60_000))],
        "z exceeds the limit of",
    ),
    "too many": ([member(b"%d" % one) for one in range(21)], "20 exceeds the limit of 20 files in a pack"),
    "too many folders": ([member(b"%d/" % one, kind=b"5") for one in range(41)], "the archive has too many members"),
    "too many of one folder": ([member(b"a/", kind=b"5")] * 41, "the archive has too many members"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_archive_is_refused_with_its_reason(case: str) -> None:
    members, reason = REFUSED[case]
    assert reason in refusal(packed(members))


@pytest.mark.parametrize("case", [case for case in REFUSED if not case.startswith(("too", "more", "pax of nothing"))])
def test_what_comes_before_and_after_makes_no_difference(case: str) -> None:
    members, reason = REFUSED[case]
    assert reason in refusal(packed([member(b"first.yaml", b"x"), *members, member(b"last.yaml", b"y")]))


def test_what_is_no_archive_is_refused_with_its_reason() -> None:
    good = packed(HEAD)
    block = bytearray(HEAD + END)
    block[0:1] = b"q"
    assert refusal(b"<!DOCTYPE html><title>Sign in</title>") == "expected a gzipped tar archive, found a web page"
    assert refusal(b"PK\3\4") == "expected a gzipped tar archive, found something else"
    assert refusal(b"") == "expected a gzipped tar archive, found something else"
    assert refusal(gzip.compress(b"<html>" * 100)) == "the archive is damaged, or not a tar archive"
    assert refusal(gzip.compress(bytes(block))) == "the archive is damaged, or not a tar archive"
    assert refusal(good + b"x") == "the archive has data after its end"
    assert refusal(good + good) == "the archive has data after its end"
    assert refusal(packed(HEAD, END + HEAD)) == "the archive has data after its end"
    assert refusal(packed(HEAD, b"")) == "the archive is truncated"
    assert refusal(packed(HEAD, END[:512])) == "the archive is damaged, or not a tar archive"


def test_an_archive_that_is_cut_off_anywhere_is_refused() -> None:
    good = packed([HEAD, member(b"a.yaml", b"x" * 700)])
    reasons = {refusal(good[:length]) for length in range(2, len(good))}
    assert reasons == {"the archive is truncated"}


def test_an_archive_with_any_byte_changed_never_means_something_else_in_silence() -> None:
    plain = HEAD + member(b"a.yaml", b"x" * 20) + END
    expected = unpack(gzip.compress(plain), LIMITS)
    for at in range(len(plain)):
        changed = bytearray(plain)
        changed[at] ^= 0x21
        try:
            files = unpack(gzip.compress(bytes(changed), 1), LIMITS)
        except CannotJudgeError:
            continue
        assert set(files) == set(expected), at


def test_a_bomb_is_refused_before_it_takes_memory() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(header(b"pack.yaml", 300_000_000))
    bomb += b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    assert len(bomb) < 300_000
    tracemalloc.start()
    reason = refusal(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reason == "the archive uncompresses to more than 1,110,016 bytes"
    assert peak < 8 * 1024 * 1024


@given(st.binary(max_size=3000))
@cases(200)
def test_any_bytes_are_files_or_a_reason(content: bytes) -> None:
    for archive in (content, gzip.compress(content, 1), gzip.compress(padded(HEAD + content) + END, 1)):
        with suppress(CannotJudgeError):
            assert all(isinstance(path, str) for path in unpack(archive, LIMITS))
