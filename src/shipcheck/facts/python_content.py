"""Whether what a Python file defines under a name does anything, from its syntax tree; nothing in it is ever run.

A name is code if some of what it may be bound to can do something. It is `empty` if all of it surely does nothing: a
constant, a function without effect that always gives the same answer, a class of such functions, another name for one of these.
It is `unreachable` if it is only bound where nothing runs. In doubt it is unknown: an import, the result of a call, a decorator
or a base class from elsewhere, an abstract method.
"""

import ast
import io
import tokenize
import warnings
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from shipcheck.facts.python_idle import idle, is_plain
from shipcheck.facts.python_scope import Bindings, Bound, Function, Scope, dotted, scope_of

# A syntax tree takes up to a thousand times the memory of its source: a quarter of a mebibyte of the densest code takes 250 MB.
MAX_BYTES = 256 * 1024
Content = Literal["code", "empty", "unreachable"] | None
# Decorators that change neither whether a function runs nor what it answers, by their last name.
_TRANSPARENT = frozenset(
    {
        "staticmethod",
        "classmethod",
        "property",
        "override",
        "final",
        "cache",
        "lru_cache",
        "contextmanager",
        "asynccontextmanager",
    }
    | {"wraps", "deprecated", "dataclass", "total_ordering", "runtime_checkable"}
)
_ABSTRACT = frozenset({"ABC", "ABCMeta", "Protocol", "abstractmethod", "overload", "abstractproperty"})
_DOUBLES = frozenset({"Mock", "MagicMock", "AsyncMock", "NonCallableMock"})
# Modules of the standard library from which no file takes its gate.
_HARMLESS = frozenset(
    {
        "__future__",
        "abc",
        "collections",
        "collections.abc",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        "json",
        "logging",
        "os",
    }
    | {"sys", "typing", "typing_extensions"}
)
_DESCRIBING = frozenset({"__repr__", "__str__", "__eq__", "__hash__", "__bool__", "__len__"})


class Held(NamedTuple):
    """What is under one name: its content, and that of the names inside it."""

    content: Content
    inner: Mapping[str, "Held"]


def contents_of(content: bytes) -> Held | None:
    """The content of a Python file, and of every name in it; None if it is not UTF-8, not Python, or too large."""
    module = _parsed(content) if len(content) <= MAX_BYTES else None
    if module is None:
        return None
    try:
        names = _Namespace(scope_of(module.body), None).held()
        return Held(_of_module(module.body, names), names)
    except RecursionError:
        return None


def _parsed(content: bytes) -> ast.Module | None:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if encoding not in {"utf-8", "utf-8-sig"}:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(content.decode(encoding))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def content_of(module: Held, symbol: str) -> Content:
    """The content under a qualified name; unknown where the module does not bind it."""
    held: Held | None = module
    for part in symbol.split(".") if symbol else ():
        held = held.inner.get(part) if held is not None else None
    return held.content if held is not None else None


def _of_module(body: list[ast.stmt], names: Mapping[str, Held]) -> Content:
    """A module without a symbol: code where a name or a statement does something, empty where nothing can."""
    given = {name for statement in body for name in _given(statement)}
    found = {held.content for name, held in names.items() if name not in given}
    if "code" in found:
        return "code"
    return "empty" if None not in found and all(_is_plain_statement(statement) for statement in body) else None


def _given(statement: ast.stmt) -> Iterable[str]:
    """The names that a statement imports from modules that never stop an action."""
    match statement:
        case ast.Import(names=names) if all(alias.name in _HARMLESS for alias in names):
            return [alias.asname or alias.name for alias in names]
        case ast.ImportFrom(module=module, names=names, level=0) if module in _HARMLESS:
            return [alias.asname or alias.name for alias in names]
    return ()


def _is_plain_statement(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Pass | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return True
    value = getattr(statement, "value", None)
    is_value = isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign) and (value is None or is_plain(value))
    return is_value or bool(_given(statement))


class _Namespace:
    """The names of a scope with their content; names that are not found in it are looked up in the scope around it."""

    def __init__(self, scope: Scope, outer: "_Namespace | None") -> None:
        self.scope = scope
        self._outer = outer
        self._known: dict[str, Held] = {}
        self._open: set[str] = set()

    def held(self) -> dict[str, Held]:
        """Every name of the scope."""
        unreachable = {name: Held("unreachable", {}) for name in self.scope.unreachable}
        return unreachable | {name: self.lookup(name) for name in self.scope.bindings}

    def lookup(self, name: str) -> Held:
        """What is under a name; unknown where it is bound nowhere, or by means of itself."""
        if name in self._known:
            return self._known[name]
        if name not in self.scope.bindings or name in self._open:
            return self._outer.lookup(name) if self._outer and name not in self._open else Held(None, {})
        self._open.add(name)
        found = [self._of(name, bound) for bound in self.scope.bindings[name]]
        self._open.discard(name)
        self._known[name] = _together(found)
        return self._known[name]

    def _of(self, name: str, bound: Bound) -> Held:
        match bound:
            case None:
                return Held(None, {})
            case ast.ClassDef():
                return self._of_class(name, bound)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return Held(self._of_function(bound), _Namespace(scope_of(bound.body), self).held())
        return self._of_value(bound)

    def _of_function(self, function: Function) -> Content:
        how = idle(function)
        if how is None:
            return "code"
        names = {_last(decorator) for decorator in function.decorator_list}
        if names & _ABSTRACT or not all(map(self._is_transparent, function.decorator_list)):
            return None
        return "empty"

    def _is_transparent(self, decorator: ast.expr) -> bool:
        """Whether a decorator surely leaves a function as it is."""
        if _last(decorator) in _TRANSPARENT:
            return True
        return isinstance(decorator, ast.Name) and self.lookup(decorator.id).content == "empty"

    def _of_class(self, name: str, definition: ast.ClassDef) -> Held:
        scope = scope_of(definition.body)
        scope.bindings.update(self.scope.members.get(name, {}))
        inner: Mapping[str, Held] = _Namespace(scope, self).held()
        bases = [*definition.bases, *(keyword.value for keyword in definition.keywords)]
        if any(_last(base) in _ABSTRACT for base in bases):
            # What an abstract class leaves open is done elsewhere.
            inner = {member: held if held.content == "code" else Held(None, held.inner) for member, held in inner.items()}
        elif bases:
            inner = {member: Held(None, {}) if _is_setting(scope.bindings, member) else held for member, held in inner.items()}
        return Held(self._of_members(definition, bases, inner), inner)

    def _of_members(self, definition: ast.ClassDef, bases: list[ast.expr], inner: Mapping[str, Held]) -> Content:
        if any(held.content == "code" for member, held in inner.items() if member not in _DESCRIBING):
            return "code"
        inherited = [
            self.lookup(base.id).content if isinstance(base, ast.Name) else None for base in bases if _last(base) != "object"
        ]
        if "code" in inherited:
            return "code"
        sure = all(held.content is not None for member, held in inner.items() if member not in _DESCRIBING)
        plain = all(content in {"empty", "unreachable"} for content in inherited)
        return "empty" if sure and plain and all(map(self._is_transparent, definition.decorator_list)) else None

    def _of_value(self, value: ast.expr) -> Held:
        match value:
            case ast.Name():
                return self.lookup(value.id)
            case ast.Attribute(value=ast.Name() as holder):
                return self.lookup(holder.id).inner.get(value.attr, Held(None, {}))
            case ast.Constant():
                return Held("empty", {})
            case ast.Lambda():
                return Held("empty" if idle(value) else "code", {})
            case ast.List(elts=[]) | ast.Tuple(elts=[]) | ast.Dict(keys=[]):
                return Held("empty", {})
            case ast.Call():
                return Held(self._of_call(value), {})
        return Held(None, {})

    def _of_call(self, call: ast.Call) -> Content:
        """The result of a call is unknown, except for a test double, and for what only wraps a function of this file."""
        name = _last(call.func)
        if name in _DOUBLES:
            return "empty"
        first = call.args[0] if call.args else None
        return self._of_value(first).content if name in _TRANSPARENT | {"partial"} and first is not None else None


def _is_setting(bindings: Bindings, member: str) -> bool:
    """Whether an attribute, such as `needs_approval = True`, may be what a base class asks for."""
    return any(isinstance(value, ast.Constant) and value.value for value in bindings.get(member, ()))


def _last(node: ast.expr) -> str:
    """The last name of what is called, subscripted or named."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return dotted(node).rpartition(".")[2]


def _together(found: Iterable[Held]) -> Held:
    """One of several bindings counts, and which one depends on the run: code may be any of them, empty only all."""
    found = list(found)
    if len(found) == 1:
        return found[0]
    kinds = {held.content for held in found}
    content: Content = kinds.pop() if len(kinds) == 1 else None
    members = {member for held in found for member in held.inner}
    return Held(content, {member: _together([held.inner.get(member, Held(None, {})) for held in found]) for member in members})
