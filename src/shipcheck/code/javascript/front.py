"""Reads a file of JavaScript or TypeScript into the form. Start: `read_javascript`."""

from collections.abc import Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Final, TypeVar

from shipcheck.code.bounded_parse import parse_bounded
from shipcheck.code.form import Form, Span, Statement
from shipcheck.code.javascript.chains import CHAINS
from shipcheck.code.javascript.classes import CLASS_STATEMENTS, CLASSES
from shipcheck.code.javascript.functions import FUNCTION_STATEMENTS, FUNCTIONS
from shipcheck.code.javascript.grammars import Grammar, grammar, grammar_name
from shipcheck.code.javascript.imports import MODULES, with_exports
from shipcheck.code.javascript.jsx import JSX
from shipcheck.code.javascript.literals import LITERALS
from shipcheck.code.javascript.node_reader import Reader, Tables, span_of
from shipcheck.code.javascript.operator_forms import OPERATORS
from shipcheck.code.javascript.records import RECORDS
from shipcheck.code.javascript.statements import STATEMENTS
from shipcheck.code.javascript.type_forms import LEFT_OUT, TYPES

if TYPE_CHECKING:
    from tree_sitter import Node

_Converter = TypeVar("_Converter")
_EXPRESSIONS: Final = {**LITERALS, **CHAINS, **OPERATORS, **RECORDS, **FUNCTIONS, **CLASSES, **JSX}
_STATEMENTS: Final = {**STATEMENTS, **FUNCTION_STATEMENTS, **CLASS_STATEMENTS, **MODULES}
# Not code: comments, and the texts in strings and elements.
_IGNORED: Final = frozenset(
    {
        "comment",
        "html_comment",
        "jsx_text",
        "html_character_reference",
        "string_fragment",
        "escape_sequence",
        "regex_pattern",
        "regex_flags",
    }
)


def read_javascript(path: str, content: bytes) -> Form:
    """The form of a file, whose grammar its extension decides. Limit size and nesting before.

    What cannot be parsed is in `broken` and opaque in the form; the rest is converted. A file that is not in `EXTENSIONS` raises
    `ValueError`, one that takes too long `TooSlowError`.
    """
    language = grammar(grammar_name(path))
    root = parse_bounded(language.parser, content)
    reader = Reader(content, language.fields, language.kinds, _tables(language.name))
    body = reader.later(partial(_program, reader, root), span_of(root))
    return Form(path, "npm", language.dialect, body, tuple(_broken(root)) if root.has_error else ())


def _program(reader: Reader, root: "Node") -> tuple[Statement, ...]:
    """The statements of a file, and behind each one what it gives away as a module of `require`."""
    return tuple(one for statement in reader.body(root) for one in with_exports(statement))


def _broken(root: "Node") -> list[Span]:
    """Where a file could not be parsed, in order: what did not fit, and where something is missing."""
    spans: list[Span] = []
    pending = [root]
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            spans.append(span_of(node))
        else:
            pending += [child for child in node.children if child.has_error and not _is_newer(node, child)]
    return sorted(spans)


def _is_newer(node: "Node", child: "Node") -> bool:
    """Whether what does not fit is `type` in `export type * from`, which the grammar is too old for: it says nothing here."""
    return node.type == "export_statement" and child.is_error and child.text == b"type"


@cache
def _tables(name: str) -> Tables:
    """The converters of a grammar, by its own numbers of kinds."""
    of = grammar(name)
    types = _by_number(of, TYPES)
    left_out = dict.fromkeys(_by_number(of, dict.fromkeys(LEFT_OUT, "")), TYPES["type_annotation"])
    ignored = _by_number(of, dict.fromkeys(_IGNORED, ""))
    return Tables(_by_number(of, _EXPRESSIONS), _by_number(of, _STATEMENTS), left_out | types, frozenset(ignored))


def _by_number(of: Grammar, converters: Mapping[str, _Converter]) -> dict[int, _Converter]:
    numbers = {name: of.language.id_for_node_kind(name, True) for name in converters}  # noqa: FBT003 - as in grammar
    return {number: converters[name] for name, number in numbers.items() if number is not None}
