"""JSON is read as it is written by the libraries that write it (RFC 8259), or refused for a reason that a person can act on.

The classes of texts are those of the JSON Parsing Test Suite (https://github.com/nst/JSONTestSuite); the oracle is the standard
library.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.reading import read

from shipcheck.model.document import Document, Mapping, Node, Sequence

# Each stands as the value of a key, since a manifest is a map.
VALID = (
    "[]", "[[]  ]", '[""]', '["a"]', "[null]", "[1,null,null,null,2]", " [1] ", "[false]", "[true]", "[123]",
    "[123.456789]", "[-0]", "[-1]", "[-123]", "[0]", "[0e1]", "[0e+1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[1e+2]",
    "[123.456e78]", "[20.0]", "[2 ]", "[ 4]", "{}", '{"":0}', '{"a":"b","c":"d"}', '{"a":[]}', '{"min":-1.0e+28,"max":1.0e+28}',
    '{"x":[{"id":"a"}],"id":"b"}', '{"a":\n"b"\n}', r'["\u0060\u012a\u12AB"]', r'["\"\\\/"]', r'["\\a"]', r'["\\n"]',
    '["a/*b*/c/*d//e"]', '["\u20ac\U0001d11e"]', '["asd "]', r'["new\u000Aline"]', r'["\u0041\u00e9"]', '["a\u00a0b"]',
    '[ "asd"]', '["a","b"]', '{"a":true,"b":false,"c":null}', '{"title":"\u041f\u043e\u043b\u0442\u043e\u0440\u0430"}',
    r'{"a\tb":1}', "[\n1\n,\n2\n]", "[\t1]", '"a"', "1", "true", '["' + "x" * 1000 + '"]', "[[[[[[[[1]]]]]]]]",
)  # fmt: skip
# Valid too, and refused: no two readers agree on them, or no reviewer can see them.
REFUSED = {
    '{"a":"b","a":"c"}': "key 'a' is given twice; keep one",
    '{"a":0,"\\u0061":0}': "key 'a' is given twice; keep one",
    r'["\u0000"]': "character U+0000 is not allowed; delete it",
    r'["\u0012"]': "character U+0012 is not allowed; delete it",
    r'["\b"]': "character U+0008 is not allowed; delete it",
    r'["\uFFFF"]': "character U+FFFF is not allowed; delete it",
    '["\u2028"]': "character U+2028 is not allowed, because reviewers cannot see it; delete it",
    '["\x7f"]': "character U+007F is not allowed, because reviewers cannot see it; delete it",
    r'["\ud83d\ude39"]': (
        r"invalid YAML: '\ud83d\ude39' is one character in two halves; write '\U0001F639', or the character itself"
    ),
}
# Neither JSON nor YAML.
BROKEN = (
    "[", "]", "[1", "[1,", '["a"', '["a', "[,1]", "[1,,2]", "[,]", "{", "{]", '{"a"', '{"a":', '{"a":"b"', '{"a":"b",,"c":1}',
    "[1]]", "{}}", '["a" "b"]', '["]', r'["\x"]', r'["\u"]', r'["\u00A"]', r'["\uqqqq"]', r'["\ud800"]', '{"a":1}x', "[1]x",
    "[a", '{"a":/*c*/"b"', "&", "*", '["\x00"]', "[\x0c1]", '["a\\"]',
)  # fmt: skip


def value(node: Node | None) -> Any:
    """The document as plain values; a scalar is the text that is written."""
    if isinstance(node, Mapping):
        return {key.text: value(inner) for key, inner in node.entries}
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    return node.text if node is not None else None


def spelled(text: str) -> Any:
    """What the standard library reads, with numbers and words as they are written."""
    return as_text(json.loads(text, parse_int=str, parse_float=str, parse_constant=str))


def as_text(read_as: Any) -> Any:
    if isinstance(read_as, dict):
        return {key: as_text(inner) for key, inner in read_as.items()}
    if isinstance(read_as, list):
        return [as_text(inner) for inner in read_as]
    return read_as if isinstance(read_as, str) else json.dumps(read_as)


@pytest.mark.parametrize("text", VALID)
def test_valid_json_is_read_as_other_libraries_read_it(text: str) -> None:
    document = read(f'{{"a": {text}}}')
    assert isinstance(document, Document), document
    assert value(document.root) == {"a": spelled(text)}


@pytest.mark.parametrize("text", REFUSED)
def test_json_that_cannot_be_trusted_is_refused_with_a_reason(text: str) -> None:
    json.loads(text)
    problems = read(f'{{"a": {text}}}')
    assert not isinstance(problems, Document)
    assert [problem.message for problem in problems] == [REFUSED[text]]


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_not_json_is_refused(text: str) -> None:
    assert not isinstance(read(f'{{"a": {text}}}'), Document)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3),
    max_leaves=12,
)


@cases(300)
@given(VALUES, st.sampled_from([None, 2, "\t"]))
def test_what_the_standard_library_writes_is_read(written: Any, indent: int | str | None) -> None:
    text = json.dumps({"a": written}, indent=indent, ensure_ascii=False)
    document = read(text)
    assert isinstance(document, Document), (text, document)
    assert value(document.root) == spelled(text)
