"""Code of the base is left where its file, its symbol or most of its text is anywhere among the changed files."""

import pytest
from tests.support.trees import Files

from shipcheck.facts.code_left import MOST_FILES, CodeLeft

PAY = "def pay(amount):\n    check(amount)\n    send(amount)\n    return amount\n"
BASE = Files({"src/pay.py": PAY, "src/other.py": "def other():\n    return 1\n"})
HEADS: dict[str, tuple[dict[str, str | bytes], bool]] = {
    "nothing": ({}, False),
    "the file": ({"src/pay.py": "x = 1\n"}, True),
    "the symbol elsewhere": ({"lib/money.py": "def pay():\n    return None\n"}, True),
    "the text under another name": ({"lib/money.py": PAY.replace("pay", "settle")}, True),
    "half of the text": ({"lib/money.py": "def x():\n    check(amount)\n    send(amount)\n"}, True),
    "little of the text": ({"lib/money.py": "def x():\n    check(amount)\n"}, False),
    "another language": ({"lib/money.go": PAY}, False),
    "an unreadable file": ({"lib/money.py": b"\xff\xfe\x00"}, True),
}


def left(head: Files, *changed: str, symbol: str = "pay") -> bool:
    return CodeLeft(head, BASE, changed)(("src/pay.py", symbol))


@pytest.mark.parametrize("name", HEADS)
def test_code_is_left(name: str) -> None:
    files, expected = HEADS[name]
    assert left(Files(files), "src/pay.py", *files) is expected


def test_a_file_without_a_symbol_is_left_by_its_text() -> None:
    assert left(Files({"lib/money.py": PAY}), "lib/money.py", symbol="")
    assert not left(Files({"lib/money.py": "def pay(): ...\n"}), "lib/money.py", symbol="")


def test_only_changed_files_are_looked_at_and_too_many_are_not() -> None:
    files = Files({"lib/money.py": PAY})
    assert not left(files)
    many = {f"lib/m{number}.py": "x = 1\n" for number in range(MOST_FILES + 1)}
    assert left(Files(many), *many)
    assert files.reads == []


def test_a_file_that_cannot_be_read_may_have_it() -> None:
    assert left(Files({}, absent=("lib/money.py",)), "lib/money.py")
