"""What the form of each shape of Python is; both front ends give it, the one of `ast` and the one of tree-sitter."""

import codecs
from collections.abc import Callable

import pytest
from tests.support.python_forms import shown

from shipcheck.code.form import Assign, Evaluate, Form, Function, Import, Opaque, Span, Statement
from shipcheck.code.python_ast import read_python
from shipcheck.code.python_tree import read_python_tree

Reader = Callable[[str, bytes], Form | None]
READERS = pytest.mark.parametrize("read", [read_python, read_python_tree], ids=["ast", "tree"])
EXPRESSIONS = (
    ("1", "Constant(1)"),
    ("-1", "Constant(-1)"),
    ("1.5e3", "Constant(1500.0)"),
    ("0x_ff", "Constant(255)"),
    ("2j", "Constant(2j)"),
    ("True", "Constant(True)"),
    ("None", "Constant(None)"),
    ("...", "Opaque('ellipsis', [], -)"),
    ("\"a\" 'b\\n'", "Constant('ab\\n')"),
    ('b"\\x00" rb"\\x"', "Constant(b'\\x00\\\\x')"),
    ('r"\\d\\""', "Constant('\\\\d\\\\\"')"),
    ('f"a{b}c"', "Template([Constant('a'), Name('b'), Constant('c')])"),
    (
        'f"{a!r:>{b}}" "c"',
        ("Template([Operation('format', [Operation('!r', [Name('a')]), Template([Constant('>'), Name('b')])]), Constant('c')])"),
    ),
    ('f"a{{" f"b"', "Constant('a{b')"),
    ('f"{a = }"', "Template([Constant('a = '), Operation('!r', [Name('a')])])"),
    ("a.b.c", "Member(Member(Name('a'), 'b'), 'c')"),
    ("a[1]", "Item(Name('a'), Constant(1))"),
    (
        "a[1:, ::2]",
        (
            "Item(Name('a'), Sequence('tuple', [Operation('slice', [Constant(1), Constant(None), "
            "Constant(None)]), Operation('slice', [Constant(None), Constant(None), Constant(2)])]))"
        ),
    ),
    ("a[*b]", "Item(Name('a'), Sequence('tuple', [Spread(Name('b'))]))"),
    ("a[()]", "Item(Name('a'), Sequence('tuple', []))"),
    (
        "f(a, b=1, *c, **d)",
        (
            "Call(Name('f'), [Argument(Name('a'), '', False), Argument(Name('c'), '', True), "
            "Argument(Constant(1), 'b', False), Argument(Name('d'), '', True)], False)"
        ),
    ),
    (
        "f(x for x in y)",
        (
            "Call(Name('f'), [Argument(Comprehension('generator', Name('x'), [Repeat(Name('x'), Name('y'), [], "
            "False)]), '', False)], False)"
        ),
    ),
    ('importlib.import_module("a.b")', "Load('a.b')"),
    ('__import__("a")', "Load('a')"),
    ("[1, *a]", "Sequence('list', [Constant(1), Spread(Name('a'))])"),
    ("(1,)", "Sequence('tuple', [Constant(1)])"),
    ("1, 2", "Sequence('tuple', [Constant(1), Constant(2)])"),
    ("{1}", "Sequence('set', [Constant(1)])"),
    ("{}", "Record([])"),
    ("{a: 1, **b}", "Record([Entry(Name('a'), Constant(1)), Entry(None, Name('b'))])"),
    ("a if b else c", "Choice(Name('b'), Name('a'), Name('c'))"),
    ("a and b and (c and d)", "Either('and', [Name('a'), Name('b'), Either('and', [Name('c'), Name('d')])])"),
    ("a or b and c", "Either('or', [Name('a'), Either('and', [Name('b'), Name('c')])])"),
    ("not a", "Not(Name('a'))"),
    ("a < b <= c", "Compare(['<', '<='], [Name('a'), Name('b'), Name('c')])"),
    ("a is not b", "Compare(['is-not'], [Name('a'), Name('b')])"),
    ("a not in b", "Compare(['not-in'], [Name('a'), Name('b')])"),
    ("a - b - c", "Operation('-', [Operation('-', [Name('a'), Name('b')]), Name('c')])"),
    ("a ^ b & c", "Operation('^', [Name('a'), Operation('&', [Name('b'), Name('c')])])"),
    ("await a ** 2", "Operation('**', [Await(Name('a')), Constant(2)])"),
    ("(a := 1)", "Bind(Name('a'), '', Constant(1))"),
    (
        "lambda a, /, b=1, *c, d, **e: a",
        (
            "Function('', [Parameter(Name('a'), 'position', None, None), Parameter(Name('b'), 'plain', "
            "Constant(1), None), Parameter(Name('c'), 'rest', None, None), Parameter(Name('d'), 'keyword', "
            "None, None), Parameter(Name('e'), 'options', None, None)], {Leave('return', Name('a'), None)}, "
            "[], None, False, True)"
        ),
    ),
    (
        "[a for a in b if c if d]",
        "Comprehension('list', Name('a'), [Repeat(Name('a'), Name('b'), [Name('c'), Name('d')], False)])",
    ),
    (
        "{a async for a in b for c in d}",
        ("Comprehension('set', Name('a'), [Repeat(Name('a'), Name('b'), [], True), Repeat(Name('c'), Name('d'), [], False)])"),
    ),
    ("{a: b for a in c}", "Comprehension('dict', Entry(Name('a'), Name('b')), [Repeat(Name('a'), Name('c'), [], False)])"),
)
STATEMENTS = (
    ("a = b = 1", "Assign([Name('a'), Name('b')], '', Constant(1), None)"),
    ("a, *b = c", "Assign([Sequence('tuple', [Name('a'), Spread(Name('b'))])], '', Name('c'), None)"),
    ("a: int = 1", "Assign([Name('a')], '', Constant(1), Name('int'))"),
    ('a: "A"', "Assign([Name('a')], '', None, Constant('A'))"),
    ("a += 1", "Assign([Name('a')], '+', Constant(1), None)"),
    (
        "a: list[int] | None | A",
        (
            "Assign([Name('a')], '', None, Operation('|', [Operation('|', [Item(Name('list'), Name('int')), "
            "Constant(None)]), Name('A')]))"
        ),
    ),
    ("del a, b[1]", "Opaque('delete', [Name('a'), Item(Name('b'), Constant(1))], -)"),
    ("assert a, b", "Opaque('assert', [Name('a'), Name('b')], raise)"),
    ("import a.b, c.d as e", "Import('a', 0, [Imported('', 'a')], 'a.b'); Import('c.d', 0, [Imported('', 'e')], 'c.d')"),
    ("from . import a as b", "Import('', 1, [Imported('a', 'b')], '')"),
    ("from ..a.b import *", "Import('a.b', 2, [Imported('*', '')], 'a.b')"),
    ("from __future__ import annotations", "Import('__future__', 0, [Imported('annotations', 'annotations')], '__future__')"),
    ("raise A from b", "Leave('raise', Name('A'), Name('b'))"),
    ("raise", "Leave('raise', None, None)"),
    (
        "if a: 1\nelif b: 2\nelse: 3",
        ("Branch(Name('a'), {Evaluate(Constant(1))}, {Branch(Name('b'), {Evaluate(Constant(2))}, {Evaluate(Constant(3))})})"),
    ),
    (
        "for a, b in c: continue\nelse: 1",
        (
            "Loop(Sequence('tuple', [Name('a'), Name('b')]), Name('c'), {Leave('continue', None, None)}, "
            "{Evaluate(Constant(1))}, False, False)"
        ),
    ),
    ("while a: break", "Loop(None, Name('a'), {Leave('break', None, None)}, None, False, False)"),
    ("with a as b, c: 1", "Within([Context(Name('a'), Name('b')), Context(Name('c'), None)], {Evaluate(Constant(1))}, False)"),
    (
        "with (a as (b, c), d): 1",
        (
            "Within([Context(Name('a'), Sequence('tuple', [Name('b'), Name('c')])), Context(Name('d'), None)], "
            "{Evaluate(Constant(1))}, False)"
        ),
    ),
    (
        "try: 1\nexcept (A, B) as e: 2\nexcept: 3\nelse: 4\nfinally: 5",
        (
            "Guard({Evaluate(Constant(1))}, [Handler(Sequence('tuple', [Name('A'), Name('B')]), Name('e'), "
            "{Evaluate(Constant(2))}), Handler(None, None, {Evaluate(Constant(3))})], {Evaluate(Constant(4))}, "
            "{Evaluate(Constant(5))})"
        ),
    ),
    ("try: 1\nexcept* A: 2", "Guard({Evaluate(Constant(1))}, [Handler(Name('A'), None, {Evaluate(Constant(2))})], None, None)"),
    ("async def f(): return (yield)", "Function('f', [], {Leave('return', Yield(None, False), None)}, [], None, True, False)"),
    ("def f(): yield from a", "Function('f', [], {Evaluate(Yield(Name('a'), True))}, [], None, False, False)"),
    ("def f(): return await a", "Function('f', [], {Leave('return', Await(Name('a')), None)}, [], None, False, False)"),
    ("def f(): global a, b; nonlocal c", "Function('f', [], {Outer(['a', 'b']); Outer(['c'])}, [], None, False, False)"),
    (
        '@a.b(1)\ndef f(a: int, *b: str, c: C = 1) -> D: "doc"',
        (
            "Function('f', [Parameter(Name('a'), 'plain', None, Name('int')), Parameter(Name('b'), 'rest', "
            "None, Name('str')), Parameter(Name('c'), 'keyword', Constant(1), Name('C'))], "
            "{Evaluate(Constant('doc'))}, [Call(Member(Name('a'), 'b'), [Argument(Constant(1), '', False)], "
            "False)], Name('D'), False, False)"
        ),
    ),
    (
        (
            "class A(B, metaclass=M):\n"
            "  a = 1\n"
            "  def f(self, b): pass\n"
            "  if c:\n"
            "    @staticmethod\n"
            "    def g(x): pass\n"
            "  @classmethod\n"
            "  def h(cls, *a): pass"
        ),
        (
            "Class('A', [Argument(Name('B'), '', False), Argument(Name('M'), 'metaclass', False)], [], "
            "{Assign([Name('a')], '', Constant(1), None); Function('f', [Parameter(Name('self'), 'receiver', "
            "None, None), Parameter(Name('b'), 'plain', None, None)], {}, [], None, False, False); "
            "Branch(Name('c'), {Function('g', [Parameter(Name('x'), 'plain', None, None)], {}, "
            "[Name('staticmethod')], None, False, False)}, None); Function('h', [Parameter(Name('cls'), "
            "'receiver', None, None), Parameter(Name('a'), 'rest', None, None)], {}, [Name('classmethod')], "
            "None, False, False)})"
        ),
    ),
    (
        (
            "match a, b:\n"
            '  case 1 | "b" | -1: 1\n'
            "  case A.B | None: 2\n"
            "  case [a, *_] as b if c: 3\n"
            '  case {"k": v, **rest}: 4\n'
            "  case A(1, b=x): 5\n"
            "  case (1 + 2j): 6\n"
            "  case _: 7"
        ),
        (
            "Match(Sequence('tuple', [Name('a'), Name('b')]), [Case(Either('or', [Constant(1), Constant('b'), "
            "Constant(-1)]), None, {Evaluate(Constant(1))}, False), Case(Either('or', [Member(Name('A'), 'B'), "
            "Constant(None)]), None, {Evaluate(Constant(2))}, False), Case(Bind(Name('b'), '', "
            "Sequence('list', [Name('a'), Spread(Name('_'))])), Name('c'), {Evaluate(Constant(3))}, False), "
            "Case(Record([Entry(Constant('k'), Name('v')), Entry(None, Name('rest'))]), None, "
            "{Evaluate(Constant(4))}, False), Case(Call(Name('A'), [Argument(Constant(1), '', False), "
            "Argument(Name('x'), 'b', False)], False), None, {Evaluate(Constant(5))}, False), "
            "Case(Operation('+', [Constant(1), Constant(2j)]), None, {Evaluate(Constant(6))}, False), "
            "Case(None, None, {Evaluate(Constant(7))}, False)])"
        ),
    ),
    (
        "type(a).b = 1",
        ("Assign([Member(Call(Name('type'), [Argument(Name('a'), '', False)], False), 'b')], '', Constant(1), None)"),
    ),
    ("print >> a, b", "Evaluate(Sequence('tuple', [Operation('>>', [Name('print'), Name('a')]), Name('b')]))"),
)
# Newer than the oldest Python that runs this, or wrong; tree-sitter reads them everywhere.
NEWER = (
    ("type A = B", "Assign([Name('A')], '', Name('B'), None)"),
    ("type A[T] = list[T]", "Assign([Name('A')], '', Item(Name('list'), Name('T')), None)"),
    (
        "def f[T: int, *Ts](a: T): 1",
        "Function('f', [Parameter(Name('a'), 'plain', None, Name('T'))], {Evaluate(Constant(1))}, [], None, False, False)",
    ),
    ("class A[T](B): pass", "Class('A', [Argument(Name('B'), '', False)], [], {})"),
    ('f"{f"{a}"}"', "Evaluate(Template([Template([Name('a')])]))"),
    ('t"a{b!r}"', "Evaluate(Template([Constant('a'), Operation('!r', [Name('b')])]))"),
    ('t"a"', "Evaluate(Template([Constant('a')]))"),
    (
        "try: 1\nexcept A, B: 2",
        (
            "Guard({Evaluate(Constant(1))}, [Handler(Sequence('tuple', [Name('A'), Name('B')]), None, {Evaluate(Constant(2))})], "
            "None, None)"
        ),
    ),
    ("print a, 1", "Evaluate(Call(Name('print'), [Argument(Name('a'), '', False), Argument(Constant(1), '', False)], False))"),
)
# Each with what is broken, and the form.
BROKEN: tuple[tuple[str, tuple[Span, ...], str], ...] = (
    (
        "a = f(b c)\nd = 1",
        ((1, 8, 1, 9),),
        (
            "Opaque('broken', [Name('c')], raise|return|suspend); "
            "Assign([Name('a')], '', Call(Name('f'), [Argument(Name('b'), '', False)], False), None); "
            "Assign([Name('d')], '', Constant(1), None)"
        ),
    ),
)


def only(read: Reader, source: str) -> Statement:
    """Read a source of one statement."""
    (statement,) = read_all(read, source)
    return statement


def read_all(read: Reader, source: str | bytes) -> tuple[Statement, ...]:
    """Read a source that is not broken."""
    form = read("a.py", source.encode() if isinstance(source, str) else source)
    assert form is not None
    assert not form.broken
    assert (form.path, form.ecosystem) == ("a.py", "pypi")
    return form.body.statements


@READERS
@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS)
def test_expression(read: Reader, source: str, expected: str) -> None:
    statement = only(read, source)
    assert isinstance(statement, Evaluate)
    assert shown(statement.value) == expected


@READERS
@pytest.mark.parametrize(("source", "expected"), STATEMENTS)
def test_statement(read: Reader, source: str, expected: str) -> None:
    assert "; ".join(map(shown, read_all(read, source))) == expected


@pytest.mark.parametrize(("source", "expected"), NEWER)
def test_what_an_older_python_does_not_parse(source: str, expected: str) -> None:
    assert shown(only(read_python_tree, source)) == expected


@pytest.mark.parametrize(("source", "spans", "expected"), BROKEN)
def test_what_is_broken_is_opaque_and_the_rest_is_read(source: str, spans: tuple[Span, ...], expected: str) -> None:
    assert read_python("a.py", source.encode()) is None
    form = read_python_tree("a.py", source.encode())
    assert form.broken == spans
    assert "; ".join(map(shown, form.body.statements)) == expected


@READERS
@pytest.mark.parametrize(
    ("source", "statement", "value"),
    [
        ("(a)", (1, 0, 1, 3), (1, 1, 1, 2)),
        ("(a, b)", (1, 0, 1, 6), (1, 0, 1, 6)),
        ("a,", (1, 0, 1, 2), (1, 0, 1, 2)),
        ("\n é.b", (2, 0, 2, 4), (2, 0, 2, 4)),
        ("f(\n  1)", (1, 0, 2, 4), (1, 0, 2, 4)),
        ("[(a) for a in b]", (1, 0, 1, 16), (1, 0, 1, 16)),
        ('"a" \\\n"b"', (1, 0, 2, 3), (1, 0, 2, 3)),
    ],
)
def test_places_are_lines_from_1_and_columns_in_bytes_from_0(read: Reader, source: str, statement: Span, value: Span) -> None:
    evaluated = only(read, source.replace("\n ", "\n", 1) if source.startswith("\n") else source)
    assert isinstance(evaluated, Evaluate)
    assert (evaluated.span, evaluated.value.span) == (statement, value)


@READERS
def test_a_function_begins_behind_its_decorators_and_ends_before_comments(read: Reader) -> None:
    function = only(read, "@a\n@b\ndef f():\n    # first\n    c\n    # last\n")
    assert isinstance(function, Function)
    assert function.span == (3, 0, 5, 5)
    assert function.body.span == (5, 4, 5, 5)
    assert [mark.span for mark in function.decorators] == [(1, 1, 1, 2), (2, 1, 2, 2)]


@READERS
@pytest.mark.parametrize(
    "source",
    [
        codecs.BOM_UTF8 + b"a = 'x'",
        b"# coding: latin-1\na = 'x'\n",
        b"\r\na = 'x'\r\n",
        b"\ra = 'x'\r",
        b"\x0ca = 'x'",
    ],
)
def test_marks_encodings_and_line_breaks_are_read_as_python_reads_them(read: Reader, source: bytes) -> None:
    (statement,) = read_all(read, source)
    assert shown(statement) == "Assign([Name('a')], '', Constant('x'), None)"


@READERS
def test_columns_of_another_encoding_are_those_of_utf_8(read: Reader) -> None:
    (statement,) = read_all(read, "# coding: latin-1\né = ü".encode("latin-1"))
    assert isinstance(statement, Assign)
    assert statement.value is not None
    assert statement.value.span == (2, 5, 2, 7)


@READERS
def test_one_name_is_one_however_it_is_written(read: Reader) -> None:
    assert shown(only(read, "\ufb01x")) == "Evaluate(Name('fix'))"


@READERS
def test_a_text_of_hundreds_of_parts_needs_no_deep_recursion(read: Reader) -> None:
    statement = only(read, "+".join(["a"] * 700))
    assert statement.span == (1, 0, 1, 1399)


@READERS
def test_a_chain_of_elif_is_one_branch_in_the_other(read: Reader) -> None:
    statement = only(read, "if a: 1\n" + "elif b: 2\n" * 150)
    assert statement.span == (1, 0, 151, 9)


@READERS
def test_a_name_that_an_import_binds_has_its_own_place(read: Reader) -> None:
    first, second = read_all(read, "import a.b, c as d")
    assert isinstance(first, Import)
    assert isinstance(second, Import)
    assert (first.span, second.span) == ((1, 0, 1, 18), (1, 0, 1, 18))
    assert (first.names[0].span, second.names[0].span) == ((1, 7, 1, 10), (1, 12, 1, 18))


@pytest.mark.parametrize("content", [b"a = (", b"a b", b"\x00", b"# coding: none-such\n", b"'\xff'", b"(" * 1000])
def test_what_this_python_cannot_parse_is_no_form(content: bytes) -> None:
    assert read_python("a.py", content) is None


@pytest.mark.parametrize("content", [b"a = (", b"a b", b"\x00", b"# coding: none-such\na", b"'\xff'", b"(" * 100, b"class A"])
def test_tree_sitter_reads_anything(content: bytes) -> None:
    assert shown(read_python_tree("a.py", content).body)


def test_each_form_says_what_read_it() -> None:
    forms = (read_python("a.py", b""), read_python_tree("a.py", b""))
    assert [form.dialect.rpartition(" ")[0] for form in forms if form is not None] == ["ast", "tree-sitter-python"]


def test_a_body_is_converted_when_it_is_read() -> None:
    function = only(read_python_tree, "def f():\n    " + "not " * 3000 + "a")
    assert isinstance(function, Function)
    (only_one,) = function.body.statements
    assert isinstance(only_one, Opaque)
    assert only_one.what == "nested too deeply"


@READERS
def test_brackets_in_brackets_take_no_longer_than_others(read: Reader) -> None:
    assert only(read, "a[" * 60 + "1" + "]" * 60).span == (1, 0, 1, 181)
