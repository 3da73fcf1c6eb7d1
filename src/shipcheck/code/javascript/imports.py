"""Imports and exports, of modules of the language and of those that are loaded by `require`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from shipcheck.code.form import (
    Assign,
    Bind,
    Class,
    Constant,
    Export,
    Expression,
    Function,
    Import,
    Imported,
    Member,
    Name,
    Opaque,
    Operation,
    Record,
    Sequence,
    Span,
    Spread,
    Statement,
)
from shipcheck.code.javascript.classes import class_of
from shipcheck.code.javascript.literals import string_text
from shipcheck.code.javascript.node_reader import Reader, StatementReader, span_of

if TYPE_CHECKING:
    from tree_sitter import Node

DEFAULT: Final = "default"
_WHOLE: Final = "module.exports"
_DECLARATIONS: Final = frozenset({"ambient_declaration", "lexical_declaration", "variable_declaration"})
_DECORATED: Final = frozenset({"class_declaration", "abstract_class_declaration"})


def with_exports(statement: Statement) -> tuple[Statement, ...]:
    """A statement of a file, and what it gives away by `module.exports = ...` or `exports.name = ...`.

    A value that is not a variable is assigned to one more, which is named as it is written, `exports.name`: no other can
    have that name. Of a record, the entries that are variables are given away, too.
    """
    if not isinstance(statement, Assign) or statement.operator or statement.value is None or _is_void(statement.value):
        return (statement,)
    value, names, more = statement.value, list[Imported](), list[Expression]()
    for target in statement.targets:
        variable, local = _given_as(target)
        if local and isinstance(value, Name):
            names.append(Imported(value.name, local, target.span))
        elif local:
            more.append(Name(variable, target.span))
            names.append(Imported(variable, local, target.span))
            names += _entries(value) if variable == _WHOLE else ()
    if not names:
        return (statement,)
    return (replace(statement, targets=(*statement.targets, *more)), Export("", tuple(names), statement.span))


def _given_as(target: Expression) -> tuple[str, str]:
    """The variable that has what is given away, and its name elsewhere; empty for any other target."""
    if _is_exports(target):
        return _WHOLE, DEFAULT
    if isinstance(target, Member) and _is_exports(target.owner):
        return f"exports.{target.name}", target.name
    return "", ""


def _entries(value: Expression) -> Iterator[Imported]:
    for entry in value.entries if isinstance(value, Record) else ():
        if isinstance(entry.key, Constant) and isinstance(entry.value, Name):
            yield Imported(entry.value.name, str(entry.key.value), entry.span)


def _is_exports(value: Expression) -> bool:
    """Whether a value is `module.exports`, or `exports` itself."""
    if isinstance(value, Member):
        return value.name == "exports" and isinstance(value.owner, Name) and value.owner.name == "module"
    return isinstance(value, Name) and value.name == "exports"


def _is_void(value: Expression) -> bool:
    """Whether a value is `void 0`, which compilers assign before the real one."""
    return isinstance(value, Operation) and value.operator == "void"


def _import(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """An import, also one of types, and `import x = require("m")`."""
    names: list[Imported] = []
    module = _module(reader, node)
    for child in reader.named(node):
        if child.type == "import_require_clause":
            module = _module(reader, child)
            names += [Imported("", reader.text(one), span_of(one)) for one in reader.named(child) if one.type == "identifier"]
        elif child.type == "import_clause":
            names += _imported(reader, child)
    return (Import(module, 0, tuple(names), module, span_of(node)),)


def _imported(reader: Reader, clause: "Node") -> Iterator[Imported]:
    for child in reader.named(clause):
        kind = child.type
        if kind == "identifier":
            yield Imported(DEFAULT, reader.text(child), span_of(child))
        elif kind == "namespace_import":
            yield from (Imported("", reader.text(one), span_of(child)) for one in reader.named(child))
        elif kind == "named_imports":
            yield from _specified(reader, child)


def _specified(reader: Reader, names: "Node") -> Iterator[Imported]:
    """The names in braces, of an import or an export."""
    for child in reader.named(names):
        name, alias = child.child_by_field_id(reader.fields.name), child.child_by_field_id(reader.fields.alias)
        if name is not None:
            yield Imported(_word(reader, name), _word(reader, name if alias is None else alias), span_of(child))


def _word(reader: Reader, node: "Node") -> str:
    text = string_text(reader, node) if node.type == "string" else None
    return reader.text(node) if text is None else text


def _module(reader: Reader, node: "Node") -> str:
    """The module that an import or export names; empty where it names none."""
    source = node.child_by_field_id(reader.fields.source)
    return "" if source is None else string_text(reader, source) or ""


def _alias(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """`import a = B.C` inside a file."""
    children = reader.named(node)
    if len(children) < 2:
        return (reader.opaque("import", node, frozenset()),)
    return (Assign((reader.expression(children[0]),), "", reader.type(children[1]), None, span_of(node)),)


def _export(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """An export: of a declaration, of a value, of names, or of another module."""
    fields, span = reader.fields, span_of(node)
    words = [child.type for child in node.children if not child.is_named]
    declaration, value = node.child_by_field_id(fields.declaration), node.child_by_field_id(fields.value)
    if declaration is not None:
        return _declared(reader, node, declaration, is_default=DEFAULT in words)
    if value is not None:
        target = Name(DEFAULT, span)
        names = (Imported(DEFAULT, DEFAULT, span),)
        return (Assign((target,), "", reader.expression(value), None, span), Export("", names, span))
    if "=" in words:
        return _whole(reader, node)
    if "as" in words:
        return (Opaque("type", (), frozenset(), span),)
    return (Export(_module(reader, node), tuple(_given_away(reader, node, words)), span),)


def _given_away(reader: Reader, node: "Node", words: list[str]) -> Iterator[Imported]:
    """The names of an export without a declaration."""
    for child in reader.named(node):
        if child.type == "export_clause":
            yield from _specified(reader, child)
        elif child.type == "namespace_export":
            yield from (Imported("", _word(reader, one), span_of(child)) for one in reader.named(child))
    if "*" in words:
        yield Imported("*", "", span_of(node))


def _whole(reader: Reader, node: "Node") -> tuple[Statement, ...]:
    """`export = value` is `module.exports = value`."""
    span = span_of(node)
    target = Member(Name("module", span), "exports", span)
    return (Assign((target,), "", reader.inner(node), None, span),)


def _declared(reader: Reader, node: "Node", declaration: "Node", *, is_default: bool) -> tuple[Statement, ...]:
    """A declaration, and the export of the names that it binds."""
    if declaration.type in _DECORATED:
        before = node.children_by_field_id(reader.fields.decorator)
        statements: tuple[Statement, ...] = (class_of(reader, declaration, before),)
    else:
        statements = reader.statement(declaration)
    bound = [one for statement in statements for one in _bound(reader, statement, declaration)]
    names = tuple(Imported(name, DEFAULT if is_default else name, span) for name, span in bound)
    return (*statements, Export("", names, span_of(node)))


def _bound(reader: Reader, statement: Statement, node: "Node") -> Iterator[tuple[str, Span]]:
    """The names that a statement binds; those of types and of what is only declared are asked of its node."""
    if isinstance(statement, Assign):
        for target in statement.targets:
            yield from _names(target)
    elif isinstance(statement, Function | Class):
        yield statement.name, statement.span
    elif isinstance(statement, Opaque):
        yield from _typed(reader, node)


def _typed(reader: Reader, node: "Node") -> Iterator[tuple[str, Span]]:
    """The names that a type or a declaration without a value binds."""
    name = node.child_by_field_id(reader.fields.name)
    if name is not None and name.type in ("identifier", "type_identifier"):
        yield reader.text(name), span_of(name)
    elif node.type in _DECLARATIONS:
        for child in reader.named(node):
            yield from _typed(reader, child)


def _names(target: Expression) -> Iterator[tuple[str, Span]]:
    """The variables in a pattern."""
    match target:
        case Name():
            yield target.name, target.span
        case Bind():
            yield from _names(target.target)
        case Spread():
            yield from _names(target.value)
        case Sequence():
            for item in target.items:
                yield from _names(item)
        case Record():
            for entry in target.entries:
                yield from _names(entry.value)


MODULES: Final[Mapping[str, StatementReader]] = {
    "import_statement": _import,
    "import_alias": _alias,
    "export_statement": _export,
}
