"""Bytes to text: what is refused before any YAML is read, and where."""

from dataclasses import dataclass

import pytest
from tests.support.reading import WHOLE_FILE, Place, Said, read, root, said, scalars

from shipcheck.model.document import Document

MIB = 1024 * 1024
BEHIND = {
    "the first character": ("", (1, 1)),
    "the end of a line": ("a: b", (1, 5)),
    "a line feed": ("a: b\n", (2, 1)),
    "a carriage return and a line feed": ("a: b\r\nc: ", (2, 4)),
    "a carriage return": ("a: b\rc: ", (2, 4)),
    "a two-byte character": ("é: ", (1, 4)),
    "a character beyond the basic plane": ("😀😀: ", (1, 5)),
    "a tab": ("a:\t", (1, 4)),
}


@dataclass(frozen=True)
class Forbidden:
    """A character that no file may hold."""

    character: str
    name: str


FORBIDDEN = tuple(
    Forbidden(chr(code), f"U+{code:04X}")
    for code in (
        *(code for code in range(0x20) if chr(code) not in "\t\n\r"),
        *range(0x7F, 0xA0),
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        0xFFFE,
        0xFFFF,
    )
)
ALLOWED = "\t ~ \u00a0 é \u00ad \u200d \u200e \u202f \u2060 \u2065 \u206a \ud7ff \ue000 \ufffd 😀 \U0010ffff"


def at(line: int, column: int) -> Place:
    return line, column, line, column + 1


@pytest.mark.parametrize("case", FORBIDDEN, ids=lambda case: case.name)
def test_a_character_that_hides_something_is_refused_where_it_stands(case: Forbidden) -> None:
    text = f"a: b\nc: d{case.character}e\n"
    message = f"character {case.name} is not allowed, because reviewers cannot see it; delete it"
    assert said(read(text)) == [Said("forbidden-character", at(2, 5), message)]


@pytest.mark.parametrize("before", BEHIND.values(), ids=BEHIND)
def test_the_place_of_a_forbidden_character_counts_characters_and_line_breaks(before: tuple[str, tuple[int, int]]) -> None:
    text, (line, column) = before
    assert [complaint.place for complaint in said(read(f"{text}\0"))] == [at(line, column)]


def test_only_the_first_forbidden_character_is_reported() -> None:
    assert [complaint.place for complaint in said(read("a: \x01\x02\nb: \x03\n"))] == [at(1, 4)]


def test_every_other_character_is_text() -> None:
    assert scalars(f"a: x{ALLOWED}\n") == [("a", (1, 1, 1, 2)), (f"x{ALLOWED}", (1, 4, 1, 5 + len(ALLOWED)))]


@pytest.mark.parametrize("before", BEHIND.values(), ids=BEHIND)
@pytest.mark.parametrize(
    "wrong",
    [b"\xff", b"\xc3", b"\xe2(\xa1", b"\xf0\x9f\x98", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80"],
    ids=["ff", "cut short", "bad middle", "cut emoji", "overlong", "surrogate", "beyond Unicode", "lone continuation"],
)
def test_bytes_that_are_not_utf_8_are_refused_where_they_stand(before: tuple[str, tuple[int, int]], wrong: bytes) -> None:
    text, (line, column) = before
    message = f"shipcheck.yaml is not UTF-8 (byte 0x{wrong[0]:02x}); save it as UTF-8"
    assert said(read(text.encode() + wrong)) == [Said("not-utf-8", at(line, column), message)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_other_encodings_are_refused(encoding: str) -> None:
    [complaint] = said(read("shipcheck: 1\nagents: {é: {}}\n".encode(encoding)))
    assert complaint.code in {"not-utf-8", "forbidden-character"}


def test_a_leading_byte_order_mark_is_dropped_and_moves_no_column() -> None:
    assert scalars("\ufeffa: b\n") == [("a", (1, 1, 1, 2)), ("b", (1, 4, 1, 5))]


@pytest.mark.parametrize(
    ("text", "where"),
    [("\ufeff\ufeffa: b\n", (1, 1)), ("a:\n\ufeffc: d\n", (2, 1)), ("a: b\n\ufeff# c\n", (2, 1)), ("a: x\ufeffy\n", (1, 5))],
    ids=["second", "indents the line invisibly", "before a comment", "inside text"],
)
def test_a_byte_order_mark_anywhere_else_is_refused(text: str, where: tuple[int, int]) -> None:
    message = "character U+FEFF is not allowed, because reviewers cannot see it; delete it"
    assert said(read(text)) == [Said("forbidden-character", at(*where), message)]


def test_a_file_of_one_mebibyte_is_read() -> None:
    assert isinstance(read(b"a: b\n" + b"#" * (MIB - 5)), Document)


def test_a_file_of_one_byte_more_is_refused_as_a_whole() -> None:
    message = "shipcheck.yaml is larger than 1 MiB; split it into several files"
    assert said(read(b"a: b\n" + b"#" * (MIB - 4))) == [Said("file-too-large", WHOLE_FILE, message)]


def test_waivers_may_be_eight_times_as_large() -> None:
    path = ".shipcheck/waivers.yaml"
    assert isinstance(read(b"a: b\n" + b"#" * (8 * MIB - 5), path), Document)
    message = ".shipcheck/waivers.yaml is larger than 8 MiB; delete the waivers of what is fixed, or fix more"
    assert said(read(b"a: b\n" + b"#" * (8 * MIB - 4), path)) == [Said("file-too-large", WHOLE_FILE, message)]


def test_size_is_counted_in_bytes_not_in_characters() -> None:
    assert said(read("#" + "é" * (MIB // 2)))[0].code == "file-too-large"


@pytest.mark.parametrize(
    "pointer",
    [
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n",
        "version https://git-lfs.github.com/spec/v2\n",
    ],
)
def test_a_git_lfs_pointer_is_refused_as_a_whole(pointer: str) -> None:
    message = "shipcheck.yaml is a Git LFS pointer, not its content; keep it out of LFS"
    assert said(read(pointer)) == [Said("lfs-pointer", WHOLE_FILE, message)]


def test_a_file_that_only_mentions_lfs_is_read() -> None:
    assert isinstance(read("# version https://git-lfs.github.com/spec/v1\na: b\n"), Document)


def test_a_complaint_names_the_file_by_its_path() -> None:
    [complaint] = said(read(b"\xff", "teams/pay/shipcheck.yaml"))
    assert complaint.message.startswith("teams/pay/shipcheck.yaml is not UTF-8")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["line feed", "both", "carriage return"])
def test_every_kind_of_line_break_gives_the_same_tree_at_the_same_places(line_break: str) -> None:
    lines = ("a:", "  - b", "  - {c: d}", 'e: "f', '  g"', "h: |", "  i", "", "  j", "k: l")
    assert root(line_break.join(lines) + line_break) == root("\n".join(lines) + "\n")


def test_mixed_line_breaks_count_one_line_each() -> None:
    found = scalars("a: b\r\nc: d\ne: f\rg: h\n\r\ni: j")
    assert [(text, place[0]) for text, place in found[::2]] == [("a", 1), ("c", 2), ("e", 3), ("g", 4), ("i", 6)]
