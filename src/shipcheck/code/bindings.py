"""What the statements of one body bind and change, with the conditions under which they do; inner functions are left alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from shipcheck.code.children import expressions_in
from shipcheck.code.form import (
    Argument,
    Assign,
    Bind,
    Block,
    Branch,
    Call,
    Case,
    Class,
    Compare,
    Constant,
    Context,
    Either,
    Evaluate,
    Export,
    Expression,
    Function,
    Guard,
    Import,
    Imported,
    Item,
    Leave,
    Loop,
    Match,
    Member,
    Name,
    Opaque,
    Outer,
    Record,
    Sequence,
    Span,
    Spread,
    Statement,
    Within,
    Yield,
)
from shipcheck.code.possible_values import Condition

Tests = tuple[Condition, ...]
MAX_TESTS = 40


class Binding(NamedTuple):
    """How a name gets its value.

    `how`: value, type (only declared), element (an item of the value), entered (a context), import, function, class, change (with
    an operator), or raised. `path` leads into the value: keys and positions of a pattern.
    """

    how: str
    value: Expression | Function | Class | tuple[Import, Imported] | None
    tests: Tests
    span: Span
    path: tuple[str | int, ...] = ()
    annotation: Expression | None = None


class Change(NamedTuple):
    """A later change of what a name or member holds: a method call, an assignment to an item or member, or an operator.

    `how` is the method's name, `item`, `member`, or the operator. `name` is the member that is assigned. `loops` are around it,
    and the first `outer` of its tests are around these.
    """

    how: str
    target: Expression
    name: str
    values: tuple[Expression, ...]
    tests: Tests
    span: Span
    arguments: tuple[Argument, ...] = ()
    loops: tuple[Loop, ...] = ()
    outer: int = 0


class HandedTo(NamedTuple):
    """The call that a function is written as an argument of, and where in it: a position or name, then keys of records."""

    call: Call
    place: tuple[str, ...]


@dataclass(slots=True)
class Bindings:
    """The names, changes and ways out of one body."""

    names: dict[str, list[Binding]] = field(default_factory=dict)
    changes_of: dict[str, list[Change]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    returns: list[tuple[Expression | None, Tests]] = field(default_factory=list)
    yields: bool = False
    stars: list[Import] = field(default_factory=list)
    exports: list[tuple[Export, Imported]] = field(default_factory=list)
    handed: dict[int, HandedTo] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)


def bindings_of(body: Block, path: str) -> Bindings:
    """Read one body of a file once."""
    found = Bindings()
    _Reader(found, path).block(body, ())
    for change in found.changes:
        is_part = isinstance(change.target, Item) or (isinstance(change.target, Member) and change.how == "member")
        target = change.target.owner if is_part and isinstance(change.target, Item | Member) else change.target
        if isinstance(target, Name):
            found.changes_of.setdefault(target.name, []).append(change)
    return found


class _Reader:
    def __init__(self, found: Bindings, path: str) -> None:
        self._found = found
        self._path = path
        self._loops: tuple[Loop, ...] = ()
        self._outer = 0

    def block(self, body: Block | None, tests: Tests) -> Tests:
        """Read a block; what holds behind it, since a branch that leaves excludes its test from what follows."""
        if body is None:
            return tests
        for statement in body.statements:
            tests = self._statement(statement, tests)
        return tests

    def _statement(self, statement: Statement, tests: Tests) -> Tests:
        match statement:
            case Assign():
                self._assign(statement, tests)
            case Evaluate(value=value):
                self._evaluate(value, tests)
            case Function() | Class():
                how = "function" if isinstance(statement, Function) else "class"
                self._bind(statement.name, Binding(how, statement, tests, statement.span))
            case Import():
                self._import(statement, tests)
            case Export():
                self._found.exports += [(statement, name) for name in statement.names]
            case Leave(how=how, value=value):
                if how == "return":
                    self._found.returns.append((value, tests))
                self._inner(value, tests)
            case Branch():
                return self._branch(statement, tests)
            case Outer(names=names):
                self._found.outer.update(names)
            case _:
                self._structure(statement, tests)
        return tests

    def _branch(self, statement: Branch, tests: Tests) -> Tests:
        before, leaves = tests, True
        # A chain of `elif` is read in a loop, since it may have thousands of links.
        while True:
            self._inner(statement.test, tests)
            without = _under(tests, Condition(statement.test, holds=False, path=self._path))
            self.block(statement.then, _under(tests, Condition(statement.test, holds=True, path=self._path)))
            leaves = leaves and _always_leaves(statement.then)
            inner = statement.otherwise.statements if statement.otherwise is not None else ()
            if len(inner) != 1 or not isinstance(inner[0], Branch):
                break
            statement, tests = inner[0], without
        self.block(statement.otherwise, without)
        return without if leaves else before

    def _structure(self, statement: Statement, tests: Tests) -> None:
        match statement:
            case Loop(target=target, source=source, body=body, otherwise=otherwise):
                if target is not None:
                    self._pattern(target, Binding("element", source, tests, statement.span))
                self._inner(source, tests)
                self._loop(statement, body, tests)
                self.block(otherwise, tests)
            case Within(contexts=contexts, body=body):
                for context in contexts:
                    self._context(context, tests, statement.span)
                self.block(body, tests)
            case Guard():
                self._guard(statement, tests)
            case Match():
                self._match(statement, tests)
            case Opaque(children=parts):
                for part in parts:
                    if isinstance(part, Statement):
                        self._statement(part, tests)
            case _:
                pass

    def _guard(self, statement: Guard, tests: Tests) -> None:
        self.block(statement.body, tests)
        for handler in statement.handlers:
            # Whether something is raised is not known, so that what a handler binds is one possibility.
            test = Opaque("raised", (), frozenset(), handler.span)
            if handler.name is not None:
                self._pattern(handler.name, Binding("raised", None, tests, handler.span))
            self.block(handler.body, _under(tests, Condition(test, holds=True, path=self._path)))
        self.block(statement.otherwise, tests)
        self.block(statement.at_end, tests)

    def _loop(self, loop: Loop, body: Block, tests: Tests) -> None:
        known = self._loops, self._outer
        self._loops, self._outer = (*self._loops, loop), self._outer if self._loops else len(tests)
        self.block(body, tests)
        self._loops, self._outer = known

    def _match(self, statement: Match, tests: Tests) -> None:
        compared = [_compared(statement, case) for case in statement.cases]
        falling: list[Compare] = []
        for case, test in zip(statement.cases, compared, strict=True):
            if test is not None:
                falling.append(test)
            tried = _any_of(falling if test is not None else [each for each in compared if each is not None])
            held = _under(tests, Condition(tried, holds=test is not None, path=self._path)) if tried is not None else tests
            self.block(case.body, held)
            falling = falling if case.falls else []

    def _context(self, context: Context, tests: Tests, span: Span) -> None:
        if context.target is not None:
            self._pattern(context.target, Binding("entered", context.value, tests, span))
        self._inner(context.value, tests)

    def _import(self, statement: Import, tests: Tests) -> None:
        for name in statement.names:
            if name.name == "*" and not name.local:
                self._found.stars.append(statement)
            else:
                self._bind(name.local, Binding("import", (statement, name), tests, name.span))

    def _assign(self, statement: Assign, tests: Tests) -> None:
        self._inner(statement.value, tests)
        for target in statement.targets:
            if statement.operator:
                values = (statement.value,) if statement.value is not None else ()
                self._change(statement.operator, target, "", values, tests, statement.span)
                if isinstance(target, Name) and statement.value is not None:
                    self._bind(target.name, Binding("change", statement.value, tests, statement.span))
                continue
            how = "value" if statement.value is not None else "type"
            self._pattern(target, Binding(how, statement.value, tests, statement.span, (), statement.annotation))

    def _pattern(self, target: Expression, binding: Binding) -> None:
        match target:
            case Name(name=name):
                self._bind(name, binding)
            case Member(name=name):
                values = () if binding.value is None or isinstance(binding.value, tuple) else (binding.value,)
                self._change("member", target, name, values, binding.tests, binding.span)
            case Item():
                values = () if binding.value is None or isinstance(binding.value, tuple) else (binding.value,)
                self._change("item", target, "", values, binding.tests, binding.span)
            case Sequence(items=items):
                for position, item in enumerate(items):
                    step = "*" if isinstance(item, Spread) else position
                    inner = item.value if isinstance(item, Spread) else item
                    self._pattern(inner, binding._replace(path=(*binding.path, step)))
            case Record(entries=entries):
                for entry in entries:
                    step = _key(entry.key)
                    self._pattern(entry.value, binding._replace(path=(*binding.path, step)))
            case Bind(target=inner):
                self._pattern(inner, binding)
            case _:
                pass

    def _evaluate(self, value: Expression, tests: Tests) -> None:
        match value:
            case Call(callee=Member(owner=owner, name=name), arguments=arguments):
                values = tuple(argument.value for argument in arguments)
                self._found.changes.append(
                    Change(name, owner, "", values, tests, value.span, arguments, self._loops, self._outer)
                )
            case Call(callee=Name(name="super") as owner, arguments=arguments):
                self._found.changes.append(Change("super", owner, "", (), tests, value.span, arguments))
            case Yield():
                self._found.yields = True
            case _:
                pass
        self._inner(value, tests)

    def _inner(self, value: Expression | None, tests: Tests) -> None:
        """Assignments and points of yield inside an expression."""
        if value is None or isinstance(value, Name | Constant | Member):
            return
        for node in _own_expressions(value):
            if isinstance(node, Call):
                self._hand(node)
            elif isinstance(node, Bind):
                self._pattern(node.target, Binding("value", node.value, tests, node.span))
            elif isinstance(node, Yield):
                self._found.yields = True

    def _hand(self, call: Call) -> None:
        """Remember which functions are written in a call."""
        position = 0
        for argument in call.arguments:
            place = argument.name or str(position)
            position += not argument.name
            for path, function in _functions_in(argument.value):
                # A record by position is the arguments by name of its language.
                self._found.handed[id(function)] = HandedTo(call, path if path and not argument.name else (place, *path))

    def _change(self, how: str, target: Expression, name: str, values: tuple[Expression, ...], tests: Tests, span: Span) -> None:
        self._found.changes.append(Change(how, target, name, values, tests, span, (), self._loops, self._outer))

    def _bind(self, name: str, binding: Binding) -> None:
        self._found.names.setdefault(name, []).append(binding)


def _functions_in(value: Expression) -> Iterator[tuple[tuple[str, ...], Function]]:
    """The functions that a value is, or that are in a record, with their keys."""
    match value:
        case Function():
            yield (), value
        case Record(entries=entries):
            for entry in entries:
                if isinstance(entry.key, Constant) and isinstance(entry.value, Function | Record):
                    yield from (((str(entry.key.value), *path), each) for path, each in _functions_in(entry.value))
        case _:
            pass


def _compared(statement: Match, case: Case) -> Compare | None:
    """The test of a case; None for the default."""
    return None if case.pattern is None else Compare(("==",), (statement.subject, case.pattern), case.span)


def _any_of(tests: list[Compare]) -> Compare | Either | None:
    """That one of these tests holds; None where there is none."""
    return Either("or", tuple(tests), tests[0].span) if len(tests) > 1 else tests[0] if tests else None


def _under(tests: Tests, condition: Condition) -> Tests:
    """These tests and one more, up to a number: what is behind thousands of tests is under the first of them."""
    return (*tests, condition) if len(tests) < MAX_TESTS else tests


def _own_expressions(value: Expression) -> Iterator[Expression]:
    """A value and what is below it; a lambda in it is not entered, since its body is a block."""
    return expressions_in(value)


def _key(key: Expression | None) -> str | int:
    return str(key.value) if isinstance(key, Constant) else "*"


def _always_leaves(block: Block) -> bool:
    return any(isinstance(statement, Leave) for statement in block.statements)
