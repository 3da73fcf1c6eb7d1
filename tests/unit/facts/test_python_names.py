"""Which names a Python file defines."""

import ast
import symtable
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck.facts.symbols import symbols_of

SOURCE = '''
import os
from a import imported as renamed
limit: int = 3
declared: int
first, (second, *third) = 1, (2, 3)
short = lambda: 0
@decorated
class Approvals:
    """class Described: pass"""
    ready = True
    state: str
    async def require_supervisor(self):
        def inner():
            class Deep: ...
        local = 1
        self.field = 2
    class Nested:
        def method(self): ...
# def commented(): ...
text = "def quoted(): ..."
if os.name:
    def under_if(): ...
elif limit:
    def under_elif(): ...
else:
    def under_else(): ...
try:
    from fast import gate
except ImportError as error:
    def gate(): ...
else:
    def under_try_else(): ...
finally:
    def under_finally(): ...
match limit:
    case 1:
        def under_case(): ...
with os as opened:
    def under_with(): ...
for step in text:
    def under_for(): ...
while limit:
    def under_while(): ...
def deleted(): ...
del deleted
def overwritten(): ...
from b import overwritten
def outer():
    global elsewhere
    def elsewhere(): ...
    def kept(): ...
    kept = decorate(kept)
class Twice:
    def early(self): ...
class Twice:
    def late(self): ...
class Replaced:
    def method(self): ...
Replaced = other
limit += 1
'''


@pytest.mark.parametrize(
    "symbol",
    [
        "Approvals",
        "Approvals.require_supervisor",
        "Approvals.require_supervisor.inner",
        "Approvals.require_supervisor.inner.Deep",
        "Approvals.Nested.method",
        "Approvals.ready",
        "limit",
        "first",
        "second",
        "third",
        "short",
        "text",
        "gate",
        "under_if",
        "under_elif",
        "under_else",
        "under_try_else",
        "under_finally",
        "under_case",
        "under_with",
        "under_for",
        "under_while",
        "outer.kept",
        "Twice.late",
        "Replaced",
    ],
)
def test_what_is_defined_is_found(symbol: str) -> None:
    assert symbols_of("approvals.py", SOURCE.encode())(symbol) is True


@pytest.mark.parametrize(
    "symbol",
    [
        "require_supervisor",
        "approvals",
        "Approvals.inner",
        "Approvals.require_supervisor.local",
        "Approvals.field",
        "Approvals.state",
        "Described",
        "commented",
        "quoted",
        "declared",
        "os",
        "imported",
        "renamed",
        "opened",
        "step",
        "error",
        "deleted",
        "overwritten",
        "outer.elsewhere",
        "elsewhere",
        "Twice.early",
        "Replaced.method",
        "Approvals.",
        ".Approvals",
        "Approvals..Nested",
        "Approvals::Nested",
        "",
        " ",
        "Approvals.require_supervisor()",
    ],
)
def test_what_is_not_defined_is_not_found(symbol: str) -> None:
    assert symbols_of("approvals.py", SOURCE.encode())(symbol) is False


@pytest.mark.parametrize(
    "content",
    [
        b"def gate(:",
        b"def gate(): ...\n\0",
        b"def gate(): ...\n# \xff",
        b"# coding: latin-1\ndef gate(): ...",
        b"# coding: no-such-code\ndef gate(): ...",
        b"# coding: utf-7\ndef gate(): ...",
        "def gate(): ...".encode("utf-16"),
        b"  def gate(): ...",
        b"def gate(): ...\n" + b"#" * 256 * 1024,
        b"def gate(): ...\nx = 1" + b" + 1" * 20_000,
        b"def gate(): ...\nx = " + b"-" * 100_000 + b"1",
        b"def gate(): ...\nx = " + b"(" * 250 + b")" * 250,
        b"def gate(): ...\nif x: ...\n" + b"elif x: ...\n" * 10_000,
    ],
    ids=range(13),
)
def test_a_file_that_cannot_be_understood_tells_nothing(content: bytes) -> None:
    assert symbols_of("gate.py", content)("gate") is None
    assert symbols_of("gate.py", content)("other") is None


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfdef gate(): ...", b"# -*- coding: utf-8 -*-\r\ndef gate(): ...\r\n", b'"\\d"\ndef gate(): ...']
)
def test_marks_line_ends_and_doubtful_escapes_do_no_harm(content: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert symbols_of("gate.py", content)("gate") is True


def test_an_empty_file_defines_nothing() -> None:
    assert symbols_of("gate.py", b"")("gate") is False


NAMES = st.sampled_from(["gate", "desk", "Approvals", "x"])
FORMS = [
    "def {}(): ...", "async def {}(): ...", "class {}:", "def {}():", "if x:", "else:", "try:", "finally:", "{} = 1", "{}: int",
    "{}: int = 1", "import {}", "from a import {}", "del {}", "global {}", "# def {}(): ...", "'''def {}(): ...'''",
    "for {} in x:", "with x as {}:", "({} := 1)", "{} += 1", "lambda {}: 0", "return", "pass", "{}()", "[x for {} in x]",
]  # fmt: skip
LINES = st.builds(
    lambda indent, form, name: " " * indent + form.format(name), st.sampled_from([0, 0, 1, 2]), st.sampled_from(FORMS), NAMES
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_what_is_found_is_bound_by_the_interpreter_s_own_account(source: str) -> None:
    """Whatever is found is, by the compiler's symbol tables, bound in the scope that its name says."""
    look = symbols_of("gate.py", source.encode())
    try:
        ast.parse(source)
        table = symtable.symtable(source, "gate.py", "exec")
    except SyntaxError:
        return
    for name in ("gate", "desk", "Approvals", "x"):
        if look(name):
            assert table.lookup(name).is_assigned()
        for inner in ("gate", "desk", "Approvals", "x"):
            if look(f"{name}.{inner}"):
                scopes = [scope for scope in table.get_children() if scope.get_name() == name]
                assert any(inner in scope.get_identifiers() and scope.lookup(inner).is_assigned() for scope in scopes)


@given(
    st.binary(max_size=200),
    st.sampled_from(["py", "js", "tsx", "java", "go", "cs", "rb", "rs", "kt", "txt"]),
    st.text(max_size=12),
)
def test_any_bytes_give_an_answer(content: bytes, extension: str, symbol: str) -> None:
    assert symbols_of(f"file.{extension}", content)(symbol) in {True, False, None}
