"""The front end of JavaScript: what is broken, places, laziness, and sources that are made to hurt."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.javascript_forms import every, joined, opaque, read, shown, spans

from shipcheck.code import form as forms
from shipcheck.code.form import Assign, Call, Class, Evaluate, Function, Load, Name, Span
from shipcheck.code.javascript.front import read_javascript
from shipcheck.code.javascript.grammars import EXTENSIONS
from shipcheck.code.javascript.node_reader import DEEPEST, LONGEST, Reader


@pytest.mark.parametrize(
    ("source", "extension", "broken", "expected"),
    [
        ("a(); const <b; c();", "ts", ((1, 11, 1, 12),), "a(); Opaque(broken, raise, return, suspend); b; c()"),
        ("f(", "ts", ((1, 0, 1, 2),), "Opaque(broken, f, raise, return, suspend)"),
        ("let a = {b: };", "ts", ((1, 11, 1, 11),), "a = {'b': Opaque(broken, raise, return, suspend)}"),
        ("type A = {b: C};\nd();", "js", ((1, 5, 1, 6),), "type = {'b': C}; d()"),
        ('"open', "js", ((1, 0, 1, 5),), "Opaque(broken, raise, return, suspend)"),
    ],
)
def test_what_is_broken_has_a_place_and_the_rest_is_read(
    source: str, extension: str, broken: tuple[Span, ...], expected: str
) -> None:
    form = read(source, extension)
    assert form.broken == broken
    assert joined(form.body.statements, "; ") == expected


def test_a_broken_member_leaves_its_class_whole() -> None:
    form = read("class A { f() {} %% g() {} }")
    assert len(form.broken) == 1
    assert shown(form.body) == (
        "<class A() <function f(receiver this) <>; Opaque(broken, raise, return, suspend); function g(receiver this) <>>>"
    )


def test_places_count_lines_from_1_and_bytes_from_0() -> None:
    form = read('"ä"; b.c(\n  d);')
    call = form.body.statements[1]
    assert isinstance(call, Evaluate)
    assert isinstance(call.value, Call)
    assert call.span == (1, 6, 2, 5)
    assert call.value.span == (1, 6, 2, 4)
    assert call.value.callee.span == (1, 6, 1, 9)
    assert call.value.arguments[0].span == (2, 2, 2, 3)


def test_a_definition_begins_behind_its_decorators() -> None:
    (first,) = read("@a class B { @c static async f() {} }").body.statements
    assert isinstance(first, Class)
    assert first.span == (1, 3, 1, 37)
    (method,) = first.body.statements
    assert isinstance(method, Function)
    assert method.span == (1, 16, 1, 35)


def test_the_texts_of_a_template_have_places() -> None:
    (first,) = read("`ab${c}d`;").body.statements
    assert isinstance(first, Evaluate)
    assert isinstance(first.value, forms.Template)
    assert [part.span for part in first.value.parts] == [(1, 1, 1, 3), (1, 5, 1, 6), (1, 7, 1, 8)]


def test_a_bom_is_not_code() -> None:
    form = read_javascript("a.ts", b"\xef\xbb\xbfa();")
    assert (form.broken, shown(form.body)) == ((), "<a()>")


def test_bytes_that_are_not_text_are_replaced() -> None:
    form = read_javascript("a.js", b'a("\xff");')
    assert shown(form.body) == "<a('\ufffd')>"


@pytest.mark.parametrize("extension", sorted(EXTENSIONS))
def test_every_extension_has_a_grammar(extension: str) -> None:
    form = read_javascript(f"src/a.test{extension}", b"a();")
    assert (form.path, form.ecosystem, shown(form.body)) == (f"src/a.test{extension}", "npm", "<a()>")


def test_the_dialect_has_versions() -> None:
    assert all(any(letter.isdigit() for letter in part) for part in read("").dialect.split(", "))
    assert read("", "tsx").dialect.startswith("tsx (tree-sitter-typescript ")


def test_any_other_extension_is_refused() -> None:
    with pytest.raises(ValueError, match="is not JavaScript"):
        read_javascript("a.py", b"")


def test_a_body_is_read_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    convert = Reader.expression

    def counted(reader: Reader, node: Any) -> forms.Expression:
        seen.append(reader.text(node))
        return convert(reader, node)

    monkeypatch.setattr(Reader, "expression", counted)
    form = read("function f() { a; } class B { c = d; } if (e) { g; } const h = () => i;")
    assert seen == []
    defined, made, branch, _ = form.body.statements
    assert set(seen) == {"(e)", "e", "h", "() => i"}
    assert isinstance(defined, Function)
    assert defined.body.statements == defined.body.statements
    assert seen.count("a") == 1
    assert not {"d", "g", "i"} & set(seen)
    assert (shown(made), shown(branch)) == ("class B() <c = d>", "Branch(e, <g>)")


def test_no_grammar_is_loaded_before_a_file_is_read() -> None:
    code = (
        "import sys; from shipcheck.code.javascript.front import read_javascript as read; before = 'tree_sitter' in sys.modules; "
        "read('a.js', b''); print(before, 'tree_sitter' in sys.modules, 'tree_sitter_typescript' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True", "False"]


@pytest.mark.parametrize("link", [".b", ".b()", "[b]", "()", "`b`", " + b", " && b + c", "!", " as B", "++"])
def test_a_chain_of_thousands_of_links_has_a_form(link: str) -> None:
    assert shown(read(f"a{link * 3000};").body)


def test_a_long_choice_is_one() -> None:
    (first,) = read("a" + " && b" * LONGEST).body.statements
    assert isinstance(first, Evaluate)
    assert isinstance(first.value, forms.Either)
    assert len(first.value.values) == LONGEST + 1


def test_a_chain_that_is_too_long_keeps_its_arguments() -> None:
    source = "".join(f".f{number}(a{number})" for number in range(LONGEST))
    form = read(f"b{source};")
    names = {part.name for part in every(form) if isinstance(part, Name)}
    assert names == {"b", *(f"a{number}" for number in range(LONGEST))}
    assert opaque(form) == ["deep"]


def test_many_texts_are_joined_without_a_limit_that_code_meets() -> None:
    form = read("a = " + " + ".join(['"b"'] * LONGEST))
    assert opaque(form) == []


def test_a_long_union_is_one() -> None:
    form = read("let a: " + " | ".join(f'"{number}"' for number in range(2000)))
    (first,) = form.body.statements
    assert isinstance(first, Assign)
    assert isinstance(first.annotation, forms.Either)
    assert len(first.annotation.values) == 2000


@pytest.mark.parametrize(
    ("before", "inside", "after"),
    [
        ("[", "", "]"),
        ("(", "a", ")"),
        ("f(", "", ")"),
        ("{", "", "}"),
        ("!", "a", ""),
        ("a ? ", "b", " : c"),
        ("`${", "a", "}`"),
        ("a: ", ";", ""),
        ("(", "a", ", b)"),
        ("let a: A<", "B", ">"),
        ("function f() {", "", "}"),
        ("class A { f() {", "", "} }"),
        ("if (a) {} else ", "{}", ""),
        ("a => ", "b", ""),
        ("switch (a) { case b: ", "", "}"),
        ("export declare global { ", "", "}"),
    ],
)
def test_what_is_nested_without_end_has_a_form(before: str, inside: str, after: str) -> None:
    assert sum(1 for _ in every(read(before * 3000 + inside + after * 3000))) > 0


def test_what_is_nested_too_deeply_in_one_body_is_opaque() -> None:
    assert opaque(read("[" * 1000 + "]" * 1000)) == ["deep"]
    assert opaque(read("[" * (DEEPEST - 1) + "]" * (DEEPEST - 1))) == []


def test_jsx_may_nest_as_it_likes() -> None:
    form = read("a = " + "<b>" * 3000 + "{c}" + "</b>" * 3000, "tsx")
    assert shown(form.body) == "<a = Opaque(jsx, c)>"


WORDS = (
    "a b.c ( ) [ ] { } < > </ => = == ; , : ? ?. ... + ! && ` ${ ' \" /* // \\ @ # % 1 0x . async await function class extends "
    "static get set new return yield throw try catch finally if else for of in while do switch case default break continue "
    "import export from as type interface enum namespace declare abstract const let var typeof void delete super this null "
    "true /a/ <b> \u00e4 \U0001f600"
)


@cases(300)
@given(
    words=st.lists(st.sampled_from(["\n", *WORDS.split()]), max_size=40),
    by=st.sampled_from(["", " "]),
    extension=st.sampled_from(["ts", "tsx", "js"]),
)
def test_any_words_have_a_form_within_their_file(words: list[str], by: str, extension: str) -> None:
    source = by.join(words)
    form = read(source, extension)
    lines = source.encode().split(b"\n")
    for line, column, last, end in (*spans(form), *form.broken):
        assert (1, 0) <= (line, column) <= (last, end)
        assert end <= len(lines[last - 1])
    assert read(source, extension).body == form.body


@cases(100)
@given(content=st.binary(max_size=60), extension=st.sampled_from(["ts", "tsx", "js"]))
def test_any_bytes_have_a_form(content: bytes, extension: str) -> None:
    assert shown(read_javascript(f"a.{extension}", content).body) is not None


@cases(200)
@given(text=st.text(max_size=30))
def test_a_string_has_the_value_that_it_is_written_for(text: str) -> None:
    written = "".join(f"\\u{{{ord(character):x}}}" for character in text)
    (first,) = read(f'"{written}";', "js").body.statements
    assert isinstance(first, Evaluate)
    assert isinstance(first.value, forms.Constant)
    assert first.value.value == text


def test_a_module_that_is_loaded_is_found_wherever_it_is_loaded() -> None:
    form = read('const {a} = require("m").b; async () => { const {c} = await import("./n"); };')
    assert {part.module for part in every(form) if isinstance(part, Load)} == {"m", "./n"}
