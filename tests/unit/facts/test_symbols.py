"""Whether a file defines a symbol: only what its text does not have is not there, and a doubt has its reason and its line."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.facts.symbols import Symbols

PYTHON = '''"""Asks people, once through `legacy`."""
from people import ask_people, Team as People

class Gate(Base):
    state: str

    def ask(self, order):
        local = order
        return ask_people(order)
'''
TYPESCRIPT = """import { people } from "./people";
export const tools = {
  // approve: tool({}),
  calculate: tool({ needsApproval: async ({ a }) => a > 9, execute }),
  "look-up": tool({}),
};
export { late } from "./late";
registry.add('registered', () => 1);
interface Shape { named: string }
const escaped = "\\u0068idden";
"""
EXTENSIONS = ["java", "cs", "go", "kt", "rs", "rb", "c", "vue", "yaml"]


@pytest.mark.parametrize(
    ("path", "text", "symbol", "expected"),
    [
        ("gate.py", PYTHON, "Gate.ask", True),
        ("gate.py", PYTHON, "Gate.allow", False),
        ("gate.py", PYTHON, "Door.ask", False),
        ("gate.py", PYTHON, "as", None),
        ("gate.py", PYTHON, "ask_", False),
        ("gate.py", PYTHON, "Gate.", False),
        ("tools.ts", TYPESCRIPT, "tools.calculate", True),
        ("tools.ts", TYPESCRIPT, "tools.look-up", True),
        ("tools.ts", TYPESCRIPT, "tools.refund", False),
        ("tools.ts", TYPESCRIPT, "Shape.other", False),
        ("tools.ts", TYPESCRIPT, "hidden", None),
        ("tools.tsx", TYPESCRIPT, "tools.calculate", True),
        ("gate.jsx", "export const Gate = () => <Desk open>{ask()}</Desk>;\n", "Gate", True),
        ("gate.mts", "export const gate = 1;\n", "gate", True),
        ("gate.cjs", "exports.gate = 1;\n", "gate", True),
        ("gate.py", "", "gate", False),
        ("gate.ts", "", "gate", False),
    ],
)
def test_a_symbol_is_there_or_not(path: str, text: str, symbol: str, *, expected: bool | None) -> None:
    assert Symbols(path, text.encode()).defines(symbol) is expected


@pytest.mark.parametrize(
    ("path", "text", "symbol", "doubt"),
    [
        ("gate.py", PYTHON, "ask_people", "line 2 imports ask_people"),
        ("gate.py", PYTHON, "People.ask", "line 2 imports People"),
        ("gate.py", PYTHON, "Gate.state", "line 5 has state, but not as a definition of Gate.state"),
        ("gate.py", PYTHON, "Gate.ask.local", "line 8 has local, but not as a definition of Gate.ask.local"),
        ("gate.py", PYTHON, "ask", "line 7 has ask, but not as a definition of ask"),
        ("gate.py", PYTHON, "legacy", "line 1 has legacy, but not as a definition of legacy"),
        ("tools.ts", TYPESCRIPT, "people", "line 1 imports people"),
        ("tools.ts", TYPESCRIPT, "approve", "line 3 has approve, but not as a definition of approve"),
        ("tools.ts", TYPESCRIPT, "calculate", "line 4 has calculate, but not as a definition of calculate"),
        (
            "tools.ts",
            TYPESCRIPT,
            "tools.needsApproval",
            "line 4 has needsApproval, but not as a definition of tools.needsApproval",
        ),
        ("tools.ts", TYPESCRIPT, "late", "line 7 has late, but not as a definition of late"),
        ("tools.ts", TYPESCRIPT, "registered", "line 8 has registered, but not as a definition of registered"),
        ("tools.ts", TYPESCRIPT, "Shape.named", "line 9 has named, but not as a definition of Shape.named"),
        ("gate.go", "func Ask() {}\n", "Ask", "shipcheck does not read .go files; name the file alone"),
        ("gate.go", "func Ask() {}\n", "Other", "shipcheck does not read .go files; name the file alone"),
        ("Makefile", "gate:\n", "gate", "shipcheck does not read such files; name the file alone"),
        ("gate.py", "x = 1\ndef gate(:\n", "gate", "line 2 cannot be parsed"),
        ("gate.py", "x = 1\ndef gate(:\n", "other", "line 2 cannot be parsed"),
        ("gate.ts", "const a = 1;\nconst s = `\nfunction gate() {}\n", "gate", "line 2 cannot be parsed"),
        ("gate.js", "const a = (/[/\nfunction gate() {}\n", "gate", "line 1 cannot be parsed"),
        ("gate.d.ts", "export class gate {}\n", "gate", "such a file only declares what is defined elsewhere"),
        ("gate.pyi", "def gate(): ...\n", "gate", "such a file only declares what is defined elsewhere"),
    ],
)
def test_a_doubt_has_its_reason_and_its_line(path: str, text: str, symbol: str, doubt: str) -> None:
    symbols = Symbols(path, text.encode())
    assert symbols.defines(symbol) is None
    assert symbols.doubt(symbol) == doubt


@pytest.mark.parametrize(
    ("path", "content", "doubt"),
    [
        ("gate.py", b"def gate(): ...\n\0", "the file is not UTF-8"),
        ("gate.py", b"def gate(): ...\n# \xff", "the file is not UTF-8"),
        ("gate.py", b"# coding: latin-1\ndef gate(): ...", "the file is not UTF-8"),
        ("gate.py", b"# coding: no-such-code\ndef gate(): ...", "the file is not UTF-8"),
        ("gate.py", b"# coding: utf-7\ndef gate(): ...", "the file is not UTF-8"),
        ("gate.py", "def gate(): ...".encode("utf-16"), "the file is not UTF-8"),
        ("gate.ts", b"function gate() {} // \xe9", "the file is not UTF-8"),
        ("gate.ts", b"function gate() {} // \0", "the file is not UTF-8"),
        ("gate.py", b"def gate(): ...\n" + b"#\n" * 512 * 1024, "the file cannot be read (larger than 1024 KiB)"),
        ("gate.ts", b"function gate() {}\n" + b"//\n" * 400 * 1024, "the file cannot be read (larger than 1024 KiB)"),
        (
            "gate.py",
            b"def gate(): ...\nx = 1" + b" + 1" * 20_000,
            "the file cannot be read (a line longer than 50,000 characters)",
        ),
        ("gate.py", b"gate = " + b"(" * 250 + b")" * 250, "the file cannot be read (nested deeper than 100 brackets)"),
        ("gate.ts", b"gate = " + b"[" * 250 + b"]" * 250, "the file cannot be read (nested deeper than 100 brackets)"),
        ("gate.py", b"x = " + b"-" * 40_000 + b"1", "the file cannot be read (more than 3,000 operators in a row)"),
    ],
    ids=range(14),
)
def test_a_file_that_cannot_be_understood_says_why(path: str, content: bytes, doubt: str) -> None:
    symbols = Symbols(path, content)
    assert {symbols.defines("gate"), symbols.defines("other")} == {None}
    assert symbols.doubt("gate") == doubt


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("gate.py", b"\xef\xbb\xbfdef gate(): ..."),
        ("gate.py", b"# -*- coding: utf-8 -*-\r\ndef gate(): ...\r\n"),
        ("gate.py", b'"\\d"\ndef gate(): ...'),
        ("gate.py", "def \uff47ate(): ...".encode()),
        ("gate.ts", b"\xef\xbb\xbfexport function gate() {}\r\n"),
    ],
)
def test_marks_line_ends_doubtful_escapes_and_wide_letters_do_no_harm(path: str, content: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Symbols(path, content).defines("gate") is True


def test_a_file_for_a_newer_python_has_symbols() -> None:
    assert Symbols("gate.py", b"class Gate[T]:\n    def ask[U](self, order: U): ...\n").defines("Gate.ask") is True


# A symbol, and whether code that had it may still have it in a file of the head.
KEPT = [
    ("gate.py", PYTHON, "Gate.ask", True),
    ("gate.py", PYTHON, "ask_people", False),
    ("gate.py", PYTHON, "legacy", False),
    ("gate.py", PYTHON, "gone", False),
    ("gate.py", "def gate(:\n", "gone", True),
    ("tools.ts", TYPESCRIPT, "tools.calculate", True),
    ("tools.ts", TYPESCRIPT, "registered", True),
    ("tools.ts", TYPESCRIPT, "people", False),
    ("tools.ts", TYPESCRIPT, "gone", False),
    ("gate.go", "func Ask() {}\n", "Ask", True),
    ("gate.go", "func Ask() {}\n", "Gate.Ask", False),
    ("gate.go", "func Ask() {}\n", "Gone", False),
    ("gate.go", "func Ask() {} // \0", "Gone", True),
    ("Gate.java", "void \\u0061sk() {}\n", "ask", True),
]


@pytest.mark.parametrize(("path", "text", "symbol", "expected"), KEPT)
def test_code_may_be_kept(path: str, text: str, symbol: str, *, expected: bool) -> None:
    assert Symbols(path, text.encode()).may_keep(symbol) is expected


LINES = [
    "function gate() {}", "gate() {", "class gate {}", "def gate(): ...", "class gate: ...", "import gate", "from a import gate",
    'import { gate } from "a";', "// gate", "# gate", "x = 'gate'", "gate()", "del gate", "const a = { gate };",
    "let gate: string;",
    "interface A { gate: string }", "gate: int", "func gate() {}", "`", "}", "/*", '"""',
]  # fmt: skip


@pytest.mark.parametrize("extension", ["py", "js", "ts", "tsx", *EXTENSIONS])
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=6).map("\n".join))
def test_what_the_text_has_is_never_denied(extension: str, text: str) -> None:
    symbols = Symbols(f"gate.{extension}", text.encode())
    answer = symbols.defines("gate")
    assert answer is not False or "gate" not in text
    assert answer is not None or symbols.doubt("gate")


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(st.text(max_size=30))
def test_nothing_is_denied_in_a_language_without_a_front_end(extension: str, symbol: str) -> None:
    assert Symbols(f"src/gate.{extension}", b"class Gate {}\n").defines(symbol) is None


@pytest.mark.parametrize("extension", ["js", "ts", "tsx"])
@given(
    st.lists(st.sampled_from(LINES[:3]), min_size=1, max_size=4),
    st.sampled_from(["// {}", 'x = "{}";', "x = `{}`;", "x = /{}/;"]),
)
def test_nothing_in_comments_or_texts_is_ever_found(extension: str, lines: list[str], form: str) -> None:
    text = "\n".join(form.format(line) for line in lines)
    assert Symbols(f"gate.{extension}", text.encode()).defines("gate") is None


@given(st.binary(max_size=200), st.sampled_from(["py", "js", "tsx", "go", "txt"]), st.text(max_size=12))
def test_any_bytes_give_an_answer(content: bytes, extension: str, symbol: str) -> None:
    symbols = Symbols(f"file.{extension}", content)
    answer = symbols.defines(symbol)
    assert answer in {True, False, None}
    assert symbols.may_keep(symbol) or not answer
    assert answer is not None or symbols.doubt(symbol)


@pytest.mark.parametrize("extension", ["py", "js", "ts", "tsx"])
@pytest.mark.parametrize(
    "piece", ["(", "a(", "f(x) {\n", "=/[", "'", '"', "`", "/*", "const a: b ", "return /a", "\\", "#{", "<"]
)
def test_texts_made_to_be_slow_are_not(extension: str, piece: str) -> None:
    """What would be quadratic takes minutes here; nothing is timed."""
    assert Symbols(f"gate.{extension}", (piece * (300_000 // len(piece))).encode()).defines("gate") is not True
