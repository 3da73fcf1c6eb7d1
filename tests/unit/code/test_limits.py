"""What is not parsed at all, and that what is refused is only that."""

import pytest

from shipcheck.code.limits import MAX_BYTES, MAX_LINE, MAX_NESTING, MAX_OPERATORS, refusal

REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\n" * (MAX_BYTES + 1), "larger than 1024 KiB"),
    (b"a" * (100 * MAX_BYTES), "larger than 1024 KiB"),
    (b"a\0b", "contains a null byte"),
    (b"a" * (MAX_LINE + 1), "a line longer than 50,000 characters"),
    (b"[" * (MAX_NESTING + 1), "nested deeper than 100 brackets"),
    (b"(" * 100_000, "a line longer than 50,000 characters"),
    (b"(\n" * 100_000, "nested deeper than 100 brackets"),
    (b"a+" * (MAX_OPERATORS + 1), "more than 3,000 operators in a row"),
    (b"a\n+" * (MAX_OPERATORS + 1), "more than 3,000 operators in a row"),
    (b"a+\n" * (MAX_OPERATORS + 1), "more than 3,000 operators in a row"),
    (b"x\n" * 50_000 + b"a\n.b" * (MAX_OPERATORS + 1), "more than 3,000 operators in a row"),
)
TAKEN: tuple[bytes, ...] = (
    b"",
    b"a" * MAX_LINE,
    b"[" * MAX_NESTING + b"]" * MAX_NESTING,
    b"[]" * 20_000,
    b"a+" * (MAX_OPERATORS // 2),
    b"a = b\n" * 20_000,
    b"if a:\n    b\n" * 20_000,
    b"# " + b"=" * 2_000 + b"\n# " + b"=" * 2_000 + b"\n",
    b" * - a\n" * 10_000,
)


@pytest.mark.parametrize(("content", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_refused(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


@pytest.mark.parametrize("content", TAKEN, ids=range(len(TAKEN)))
def test_taken(content: bytes) -> None:
    assert refusal(content) == ""
