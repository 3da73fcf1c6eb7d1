"""The names that a Python file defines, from its syntax tree; nothing in it is ever run.

A qualified name counts if the file has a `def`, an `async def`, a `class`, or an assignment for it in a module or a class, also
under `if`, `try` and the like, decorated or not, and nested in classes and functions (`outer.inner`, without `<locals>`).
Assignments inside functions do not count, and neither do imports, because what is imported is defined elsewhere. The last binding
of a name counts: a name that is later imported, deleted or used by a loop is gone, and a class that is defined twice has the
members of the second.
"""

import ast
from collections.abc import Iterator

Names = dict[str, "Names"]
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def defined_names(module: ast.Module) -> Names:
    """The names defined at the top, each with those defined inside it."""
    return _defined(module.body, in_function=False)


def _defined(body: list[ast.stmt], *, in_function: bool) -> Names:
    names: Names = {}
    elsewhere: set[str] = set()
    for statement in _statements(body):
        if isinstance(statement, ast.Global | ast.Nonlocal):
            elsewhere.update(statement.names)
        elif isinstance(statement, _Function | ast.ClassDef):
            names[statement.name] = _defined(statement.body, in_function=isinstance(statement, _Function))
        else:
            names.update((name, {}) for name in _assigned(statement) if not in_function or name in names)
            for name in _bound_otherwise(statement):
                names.pop(name, None)
    return {name: inner for name, inner in names.items() if name not in elsewhere}


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of one scope in order, including those under `if`, `try` and the like."""
    waiting = body[::-1]
    while waiting:
        statement = waiting.pop()
        yield statement
        if not isinstance(statement, _Function | ast.ClassDef):
            inner = [nested for block in _blocks(statement) for nested in block]
            waiting.extend(reversed(inner))


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    yield getattr(statement, "body", [])
    for handler in getattr(statement, "handlers", []):
        yield handler.body
    for case in getattr(statement, "cases", []):
        yield case.body
    yield getattr(statement, "orelse", [])
    yield getattr(statement, "finalbody", [])


def _assigned(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Assign):
        yield from _stored(statement.targets)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield from _stored([statement.target])


def _bound_otherwise(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement deletes, imports, or binds in another way."""
    if isinstance(statement, ast.Delete):
        yield from _stored(statement.targets)
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
    elif isinstance(statement, ast.For | ast.AsyncFor):
        yield from _stored([statement.target])
    elif isinstance(statement, ast.With | ast.AsyncWith):
        yield from _stored([item.optional_vars for item in statement.items if item.optional_vars])
    elif isinstance(statement, ast.Try | ast.TryStar):
        yield from (handler.name for handler in statement.handlers if handler.name)


def _stored(targets: list[ast.expr]) -> Iterator[str]:
    """The plain names among targets, also in tuples and lists."""
    waiting = [*targets]
    while waiting:
        target = waiting.pop()
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, ast.Starred):
            waiting.append(target.value)
        elif isinstance(target, ast.Tuple | ast.List):
            waiting.extend(target.elts)
