"""What the names of a Python scope are bound to at its end, and which statements of it can run at all."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef
Bound = Function | ast.ClassDef | ast.expr | None
"""A definition, the value of an assignment, or None for anything else, such as an import."""
_EXITS = frozenset({"exit", "quit", "sys.exit", "os._exit"})
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)


Bindings = dict[str, list[Bound]]


class Scope(NamedTuple):
    """The bindings of every name, all that may be the last one; and the names that are bound only where nothing runs.

    `members` are the bindings of attributes from outside, such as `Gate.ask = ...`, by the name that has them.
    """

    bindings: Bindings
    unreachable: frozenset[str]
    members: Mapping[str, Bindings]


def scope_of(body: Sequence[ast.stmt]) -> Scope:
    """The bindings at the end of a module, class or function."""
    walk = _Walk()
    walk.block(body, sure=True, live=True)
    return Scope(walk.bindings, frozenset(walk.dead - walk.bindings.keys()), walk.members)


def is_exit(statement: ast.stmt) -> bool:
    """Whether nothing after the statement in its block can run, by what the statement itself is."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return dotted(statement.value.func) in _EXITS
    return isinstance(statement, _ENDS)


def truth(test: ast.expr) -> bool | None:
    """Whether a condition always or never holds; None if that depends on the run."""
    match test:
        case ast.Constant():
            return bool(test.value)
        case ast.UnaryOp(op=ast.Not()):
            inner = truth(test.operand)
            return None if inner is None else not inner
        case ast.BoolOp():
            stops = isinstance(test.op, ast.Or)
            parts = [truth(value) for value in test.values]
            return stops if stops in parts else None if None in parts else not stops
        case ast.Compare(left=ast.Constant(), comparators=[ast.Constant()]):
            return _compared(test)
        case ast.Name() | ast.Attribute():
            return False if dotted(test).rpartition(".")[2] == "TYPE_CHECKING" else None
        case ast.List() | ast.Tuple() | ast.Set():
            return bool(test.elts)
    return None


def _compared(test: ast.Compare) -> bool | None:
    equal = ast.dump(test.left) == ast.dump(test.comparators[0])
    match test.ops[0]:
        case ast.Eq() | ast.Is():
            return equal
        case ast.NotEq() | ast.IsNot():
            return not equal
    return None


def dotted(node: ast.expr) -> str:
    """A name with its attributes, as in `typing.TYPE_CHECKING`; empty for any other expression."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


class _Walk:
    """Follows the bindings of a scope in the order of its statements."""

    def __init__(self) -> None:
        self.bindings: Bindings = {}
        self.members: dict[str, Bindings] = {}
        self.dead: set[str] = set()

    def block(self, body: Sequence[ast.stmt], *, sure: bool, live: bool) -> bool:
        """Follow a block, and whether it ends the scope: `sure` if it always runs where the scope does, not `live` if never."""
        ended = False
        for statement in body:
            ended = self._statement(statement, sure=sure, live=live and not ended) or ended
        return ended

    def _statement(self, statement: ast.stmt, *, sure: bool, live: bool) -> bool:
        for name, value in _bound(statement):
            self._bind(name, value, sure=sure, live=live)
        ended = [
            self.block(inner, sure=sure and always, live=live and runs) or not runs
            for inner, always, runs in self._blocks(statement)
        ]
        return is_exit(statement) or (isinstance(statement, ast.If) and all(ended))

    def _blocks(self, statement: ast.stmt) -> Iterator[tuple[Sequence[ast.stmt], bool, bool]]:
        """The blocks in a statement: whether each always runs, and whether it can."""
        match statement:
            case ast.If() | ast.While():
                holds = self._holds(statement.test)
                yield statement.body, holds is True and isinstance(statement, ast.If), holds is not False
                yield statement.orelse, holds is False, holds is not True
            case ast.For() | ast.AsyncFor():
                yield statement.body, False, truth(statement.iter) is not False
                yield statement.orelse, False, True
            case ast.With() | ast.AsyncWith():
                yield statement.body, True, True
            case ast.Try() | ast.TryStar():
                yield statement.body, False, True
                yield from ((handler.body, False, True) for handler in statement.handlers)
                yield statement.orelse, False, True
                yield statement.finalbody, True, True
            case ast.Match():
                yield from ((case.body, False, True) for case in statement.cases)

    def _holds(self, test: ast.expr) -> bool | None:
        """As `truth`, also of a name that the scope has just bound to a constant, for certain."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self._holds(test.operand)
            return None if inner is None else not inner
        if isinstance(test, ast.Name) and len(self.bindings.get(test.id, ())) == 1:
            (value,) = self.bindings[test.id]
            return truth(value if isinstance(value, ast.Constant) else test)
        return truth(test)

    def _bind(self, name: str, value: Bound | ast.Delete, *, sure: bool, live: bool) -> None:
        if not live:
            self.dead.add(name)
            return
        holder, _, member = name.partition(".")
        bindings, key = (self.members.setdefault(holder, {}), member) if member else (self.bindings, name)
        if sure:
            bindings.pop(key, None)
        if not isinstance(value, ast.Delete):
            bindings.setdefault(key, []).append(value)


def _bound(statement: ast.stmt) -> Iterator[tuple[str, Bound | ast.Delete]]:
    """What a statement itself binds, and to what."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name, statement
        case ast.Assign():
            for target in statement.targets:
                yield from _targets(target, statement.value)
        case ast.AnnAssign() if statement.value is not None:
            yield from _targets(statement.target, statement.value)
        case ast.Delete():
            yield from ((dotted(target), statement) for target in statement.targets)
        case ast.Expr(value=ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=holder), ast.Constant(value=name), value])):
            yield f"{holder}.{name!s}", value
        case _:
            yield from ((name, None) for name in _bound_to_anything(statement))


def _bound_to_anything(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds to something that cannot be determined."""
    match statement:
        case ast.Import() | ast.ImportFrom():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        case ast.For() | ast.AsyncFor() | ast.AugAssign():
            yield from (name for name, _ in _targets(statement.target, None))
        case ast.With() | ast.AsyncWith():
            for item in statement.items:
                yield from (name for name, _ in _targets(item.optional_vars, None)) if item.optional_vars else ()


def _targets(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    match target:
        case ast.Name() | ast.Attribute(value=ast.Name()):
            yield dotted(target), value
        case ast.Tuple() | ast.List():
            values = value.elts if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts) else None
            for place, inner in enumerate(target.elts):
                yield from _targets(inner, values[place] if values else None)
        case ast.Starred():
            yield from _targets(target.value, None)
