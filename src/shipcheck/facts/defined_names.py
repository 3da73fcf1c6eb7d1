"""The names that a file of source code defines, from its form; nothing in it is ever run.

A name is defined by a function, a class, or an assignment of a value in a module or a class, also under `if`, `try` and the like,
decorated or not, and nested in classes and functions (`outer.inner`). Inside a function an assignment counts only if it binds a
function or class, or a name that already is one. What is imported does not count, because it is defined elsewhere. The last
binding counts: a name that is later imported, deleted or used by a loop is gone, and a class that is defined twice has the
members of the second.

In a module of JavaScript the members of an object count (`tools.refund`), also those that are assigned later; a namespace adds to
what has its name; and what a module gives away has the name that it is known by elsewhere, such as `default`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.code.form import (
    Assign,
    Await,
    Bind,
    Block,
    Branch,
    Class,
    Constant,
    Export,
    Expression,
    Form,
    Function,
    Guard,
    Import,
    Imported,
    Load,
    Loop,
    Match,
    Member,
    Name,
    Opaque,
    Outer,
    Record,
    Sequence,
    Spread,
    Statement,
    Within,
)

_WHOLE = "module.exports"
Names = dict[str, "Defined"]
Value = Function | Class | Expression | None


class Defined:
    """What one name is bound to: a value whose own names are read when they are first asked for.

    `around` are the names of its scope where a value may be another name of it, else none.
    """

    __slots__ = ("_around", "_inner", "_values", "value")

    def __init__(self, value: Value, around: Names | None) -> None:
        self.value = value
        self._values = [value]
        self._around = around
        self._inner: Names | None = None

    def add(self, value: Value) -> None:
        """Bind it to a second value, whose names it has as well."""
        self._values.append(value)
        if self._inner is not None:
            self._inner.update(self._names_in(value))

    @property
    def inner(self) -> Names:
        """The names inside it."""
        if self._inner is None:
            self._inner = {}
            for value in self._values:
                self._inner.update(self._names_in(value))
        return self._inner

    def _names_in(self, value: Value) -> Names:
        has_objects = self._around is not None
        match value:
            case Function(body=body):
                return _Scope(has_objects=has_objects, in_function=True).read(body)
            case Class(body=body):
                return _Scope(has_objects=has_objects, in_function=False).read(body)
            case Record(entries=entries) if has_objects:
                keyed = ((entry.key, entry.value) for entry in entries)
                return {
                    key.value.removeprefix("#"): Defined(held, self._around)
                    for key, held in keyed
                    if isinstance(key, Constant) and isinstance(key.value, str)
                }
            case Name(name=name) if self._around is not None and name in self._around:
                return self._around[name].inner
        return {}


class Definitions(NamedTuple):
    """The names defined at the top of a file, and those that it only imports, each with the line of the import."""

    names: Names
    imported: dict[str, int]

    def has(self, symbol: str) -> bool:
        """Whether a qualified name is defined."""
        *outer, name = symbol.split(".")
        names = self.names
        for part in outer:
            if part not in names:
                return False
            names = names[part].inner
        return name.removeprefix("#") in names


def definitions_of(form: Form) -> Definitions:
    """What a file defines; raises `RecursionError` where a body is nested too deeply to be read."""
    scope = _Scope(has_objects=form.ecosystem == "npm", in_function=False)
    names = scope.read(form.body)
    return Definitions(names, {name: line for name, line in scope.imported.items() if name not in names})


class _Scope:
    """Follows what the statements of one body bind, in their order."""

    def __init__(self, *, has_objects: bool, in_function: bool) -> None:
        self.imported: dict[str, int] = {}
        self._names: Names = {}
        self._has_objects = has_objects
        self._in_function = in_function
        self._outside: set[str] = set()
        self._given: list[Imported] = []

    def read(self, body: Block) -> Names:
        """The names that are bound at the end of a body."""
        for statement in _statements(body):
            self._statement(statement)
        self._give_away()
        for name in self._outside:
            self._names.pop(name, None)
        return self._names

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Function() | Class():
                self._define(statement)
            case Assign(value=value, operator="") if value is not None:
                self._assign(statement, value)
            case Outer(names=names):
                self._outside.update(names)
            case Export(module="", names=given):
                self._given += given
            case Import(names=given):
                for one in given:
                    self._import(one.local, one.span[0])
            case _ if not self._has_objects:
                for name in _bound_otherwise(statement):
                    self._names.pop(name, None)

    def _define(self, definition: Function | Class) -> None:
        name = definition.name.removeprefix("#")
        first, *others = name.split(".") if self._has_objects and isinstance(definition, Class) else (name,)
        known = self._names.get(first)
        if not first:
            return
        if others:
            known = known or self._bind(first, None)
            for other in others:
                known = known.inner.setdefault(other, self._value(None))
            known.add(definition)
        elif known is not None and self._has_objects and isinstance(definition, Class):
            known.add(definition)
        else:
            self._bind(name, definition)

    def _assign(self, statement: Assign, value: Expression) -> None:
        loaded = self._has_objects and _is_loaded(value)
        for target in statement.targets:
            if isinstance(target, Member) and self._has_objects:
                self._assign_member(target, value)
            whole = value if isinstance(target, Name) else None
            for name in _variables(target):
                if loaded:
                    self._import(name, statement.span[0])
                elif not self._in_function or name in self._names or isinstance(whole, Function | Class):
                    self._bind(name.removeprefix("#"), whole)

    def _assign_member(self, target: Member, value: Expression) -> None:
        """Bind a member of what this scope defines, such as `Desk.ask`, or `Desk.prototype.ask`."""
        *owners, last = _chain(target)
        names, holder = self._names, None
        for owner in owners:
            holder = names.get(owner)
            if holder is None:
                return
            names = holder.inner
        if holder is not None:
            names[last.removeprefix("#")] = self._value(value)

    def _give_away(self) -> None:
        """Bind what is given away to its names elsewhere, where it is defined here."""
        whole = self._names.get(_WHOLE)
        members = whole.inner.items() if whole is not None else ()
        for name, member in [*members]:
            if not isinstance(member.value, Name):
                self._names.setdefault(name, member)
        for one in self._given:
            if one.local and one.name in self._names:
                self._names.setdefault(one.local, self._names[one.name])

    def _import(self, name: str, line: int) -> None:
        self._names.pop(name, None)
        self.imported[name] = line

    def _bind(self, name: str, value: Value) -> Defined:
        found = self._names[name] = self._value(value)
        return found

    def _value(self, value: Value) -> Defined:
        return Defined(value, self._names if self._has_objects else None)


def _statements(body: Block) -> Iterator[Statement]:
    """The statements of one scope in order, including those in the blocks of others."""
    waiting: list[Block | Statement] = [body]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Block):
            waiting += reversed(part.statements)
        else:
            yield part
            waiting += reversed([*_parts(part)])


def _parts(statement: Statement) -> Iterator[Block | Statement]:
    """The blocks of a statement, and the statements in one that the form has no word for."""
    blocks: tuple[Block | None, ...] = ()
    match statement:
        case Branch(then=then, otherwise=otherwise):
            blocks = (then, otherwise)
        case Loop(body=body, otherwise=otherwise):
            blocks = (body, otherwise)
        case Within(body=body):
            blocks = (body,)
        case Guard(body=body, handlers=handlers, otherwise=otherwise, at_end=at_end):
            blocks = (body, *(handler.body for handler in handlers), otherwise, at_end)
        case Match(cases=cases):
            blocks = tuple(case.body for case in cases)
        case Opaque(what=what, children=children) if what != "static block":
            yield from (child for child in children if isinstance(child, Statement))
    yield from (block for block in blocks if block is not None)


def _bound_otherwise(statement: Statement) -> Iterator[str]:
    """The names that a statement of Python deletes, or binds to something that is not a definition."""
    match statement:
        case Opaque(what="delete", children=targets):
            for target in targets:
                if isinstance(target, Expression):
                    yield from _variables(target)
        case Loop(target=target) if target is not None:
            yield from _variables(target)
        case Within(contexts=contexts):
            for context in contexts:
                yield from _variables(context.target) if context.target is not None else ()
        case Guard(handlers=handlers):
            for handler in handlers:
                yield from _variables(handler.name) if handler.name is not None else ()


def _variables(target: Expression) -> Iterator[str]:
    """The variables that a target binds, also in patterns."""
    waiting = [target]
    while waiting:
        match waiting.pop():
            case Name(name=name):
                yield name
            case Spread(value=inner) | Bind(target=inner):
                waiting.append(inner)
            case Sequence(items=items):
                waiting += items
            case Record(entries=entries):
                waiting += [entry.value for entry in entries]


def _is_loaded(value: Expression) -> bool:
    """Whether a value is a module, or a member of one."""
    while isinstance(value, Await | Member):
        value = value.value if isinstance(value, Await) else value.owner
    return isinstance(value, Load)


def _chain(target: Expression) -> list[str]:
    """The names of a member, from the variable on, which is empty where it is none. A prototype counts as its class."""
    names: list[str] = []
    while isinstance(target, Member):
        names.append(target.name)
        target = target.owner
    names.append(target.name if isinstance(target, Name) else "")
    return [name for name in reversed(names) if name != "prototype"]
