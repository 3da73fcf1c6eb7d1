"""Conditions of code as text: names and operators of the code, and nothing of its texts, comments and patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.code.form import Branch
from shipcheck.code.repository import Repository
from shipcheck.discover.condition_text import condition_text, number_text


def shown(test: str, path: str = "a.py", *, holds: bool = True) -> str:
    """The text of a condition in Python, or in TypeScript."""
    source = f"if {test}: pass\n" if path == "a.py" else f"if ({test}) {{}}\n"
    form = Repository((path,), {path: source.encode()}.get).form(path)
    assert form is not None
    (branch,) = form.body.statements
    assert isinstance(branch, Branch)
    return condition_text(branch.test, holds=holds)


PYTHON = {
    "a.b": "a.b",
    'a == "secret"': 'a == "…"',
    'a["secret"].b': 'a["…"].b',
    '"""a "secret" b""" == a': '"…" == a',
    "f\"{a}secret\" == b'secret'": '"…" == "…"',
    'f(a, 1, key="secret") is not None': 'f(a, 1, key="…") is not none',
    "not (a or b) and c": "not (a or b) and c",
    "a < 1 <= b not in c": "a < 1 <= b not in c",
    "(a := f()) > -x": "(a := f()) > (-x)",
    "(a if b else c) + 2.5": "(a if b else c) + 2.5",
    "a in ('secret',)": "a in …",
    "await_(lambda: 'secret')": "await_(…)",
    "a and True and 99999999999999999999999999": "a and true and …",
}
TYPESCRIPT = {
    "a?.b && !c": "a.b and not c",
    "/secret/.test(a)": "….test(a)",
    "`secret ${a}` === b": '"…" == b',
    "typeof a === 'secret'": '(typeof a) == "…"',
    "a ?? b": "a ?? b",
    "a /* secret */ != null": "a != none",
}


@pytest.mark.parametrize(("test", "text"), PYTHON.items())
def test_a_condition_of_python(test: str, text: str) -> None:
    assert shown(test) == text
    assert shown(test, holds=False) == f"not ({text})"


@pytest.mark.parametrize(("test", "text"), TYPESCRIPT.items())
def test_a_condition_of_typescript(test: str, text: str) -> None:
    assert shown(test, "a.ts") == text


def test_a_long_or_deep_condition_is_cut() -> None:
    assert shown("f(" * 90 + ")" * 90).count("(") < 10
    assert len(shown(" or ".join(f"a{number}" for number in range(1000)))) < 100
    assert len(shown("f(" + "a, " * 1000 + ")")) < 100


@cases(60)
@given(
    st.text(min_size=1, max_size=30),
    st.sampled_from(["a == {}", "a[{}]", "f({}, x={})", "{} in b", "a or ({} == c)", "f'{{a}}' + {}"]),
)
def test_no_text_of_the_code_is_shown(text: str, form: str) -> None:
    marked = f"<secret>{text}<secret>"
    assert "secret" not in shown(form.replace("{}", ascii(marked)).replace("{{", "{").replace("}}", "}"))


def test_a_number_that_cannot_be_printed_is_not() -> None:
    assert [number_text(value) for value in (None, True, 1.5, 10**5000, "a", b"a")] == ["none", "true", "1.5", "…", '"…"', '"…"']
