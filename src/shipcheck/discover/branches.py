"""A function that branches on one of its arguments: the name of each branch, and what runs there."""

from collections.abc import Iterator

from shipcheck.code.children import children
from shipcheck.code.form import Block, Branch, Case, Compare, Either, Expression, Function, Match, Sequence
from shipcheck.code.possible_values import Listed, Literal, Routine, Spot, Values
from shipcheck.code.resolver import Resolver
from shipcheck.code.scopes import Scope
from shipcheck.discover.rule import Path, Place


def branches_by(resolver: Resolver, routine: Routine, place: Place) -> Iterator[tuple[str, Routine]]:
    """Every text that the argument at a place is compared with, and the branch as a function inside of the function."""
    scope = routine.scope.inside(routine.function)
    for path in place:
        subject = _subject(routine.function, path)
        if subject:
            yield from _in_block(resolver, routine.function.body, scope, subject)


def _subject(function: Function, path: Path) -> str:
    """What the argument is called: the parameter, or the last key of a path into it."""
    if not path:
        return ""
    if len(path) > 1:
        return str(path[-1])
    position = path[0]
    plain = [each for each in function.parameters if each.kind != "receiver"]
    if isinstance(position, int) and position < len(plain):
        return getattr(plain[position].target, "name", "")
    return str(position) if isinstance(position, str) else ""


def _in_block(resolver: Resolver, block: Block, scope: Scope, subject: str) -> Iterator[tuple[str, Routine]]:
    for statement in block.statements:
        if isinstance(statement, Branch):
            for name in _compared(resolver, statement.test, scope, subject):
                yield name, _body(name, statement.then, scope)
        if isinstance(statement, Match) and _is_subject(statement.subject, subject):
            for case in statement.cases:
                yield from _of_case(resolver, case, scope)
        for child in children(statement):
            inner = child if isinstance(child, Block) else getattr(child, "body", None)
            if isinstance(inner, Block) and not isinstance(child, Function):
                yield from _in_block(resolver, inner, scope, subject)


def _of_case(resolver: Resolver, case: Case, scope: Scope) -> Iterator[tuple[str, Routine]]:
    patterns = case.pattern.values if isinstance(case.pattern, Either) else (case.pattern,)
    for pattern in patterns:
        if pattern is not None:
            for name in _texts(resolver, pattern, scope):
                yield name, _body(name, case.body, scope)


def _compared(resolver: Resolver, test: Expression, scope: Scope, subject: str) -> Iterator[str]:
    if isinstance(test, Either):
        for value in test.values:
            yield from _compared(resolver, value, scope, subject)
    if isinstance(test, Compare) and test.operators in {("==",), ("in",)} and len(test.operands) == 2:
        left, right = test.operands
        other = right if _is_subject(left, subject) else left if _is_subject(right, subject) else None
        if other is not None:
            yield from _texts(resolver, other, scope)


def _is_subject(expression: Expression, subject: str) -> bool:
    return getattr(expression, "name", "") == subject


def _texts(resolver: Resolver, expression: Expression, scope: Scope) -> Iterator[str]:
    if isinstance(expression, Sequence):
        for part in expression.items:
            yield from _texts(resolver, part, scope)
        return
    for item in resolver.ask(expression, scope):
        if isinstance(item.value, Listed):
            for element in item.value.items:
                yield from _texts_of(element.values)
        else:
            yield from _texts_of((item,))


def _texts_of(values: Values) -> Iterator[str]:
    for item in values:
        if isinstance(item.value, Literal) and isinstance(item.value.value, str):
            yield item.value.value


def _body(name: str, block: Block, scope: Scope) -> Routine:
    function = Function(name, (), block, (), None, is_async=False, is_lambda=True, span=block.span)
    return Routine(function, scope, Spot(scope.path, block.span))
