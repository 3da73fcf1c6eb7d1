"""Where a name is looked up: the body that it is in, and what arguments bind there."""

from collections.abc import Mapping

from shipcheck.code.bindings import Bindings, bindings_of
from shipcheck.code.form import Block, Class, Function, Span, is_shallow
from shipcheck.code.possible_values import Values


class Scope:
    """A body with the scope around it. `bound` has the parameters that a call gives values to, here or around it (`is_bound`).

    Scopes that no call binds are made once for each body, so that equal questions are asked once.
    """

    __slots__ = ("_table", "bound", "busy", "identity", "inner", "is_bound", "memo", "owner", "parent", "path", "too_deep")

    def __init__(
        self,
        path: str,
        owner: Function | Class | None,
        body: Block,
        parent: "Scope | None",
        bound: Mapping[str, Values] | None = None,
        identity: tuple[object, ...] = (),
    ) -> None:
        self.path = path
        # Bodies of the file that are nested too deeply to be read.
        self.too_deep: list[Span] = parent.too_deep if parent is not None else []
        self.owner = owner
        self.parent = parent
        self.bound = bound or {}
        self.is_bound: bool = bool(bound) or (parent is not None and parent.is_bound)
        self._table: Bindings | Block = body
        self.identity: tuple[object, ...] = identity or (() if parent is None else parent.identity)
        self.memo: dict[int, Values] = {}
        self.busy: set[int] = set()
        self.inner: dict[int, Scope] = {}

    @property
    def table(self) -> Bindings:
        """What the body binds and changes."""
        found = self._table
        if isinstance(found, Block):
            found = self._table = self._read(found)
        return found

    def _read(self, body: Block) -> Bindings:
        try:
            return bindings_of(body, self.path)
        except RecursionError:
            if not is_shallow():
                raise
            self.too_deep.append(body.span)
            return Bindings()

    def inside(self, owner: Function | Class) -> "Scope":
        """The scope of a function or class that is defined here, without arguments."""
        found = self.inner.get(id(owner))
        if found is None:
            found = self.inner[id(owner)] = Scope(self.path, owner, owner.body, self)
        return found

    def called(self, function: Function, bound: Mapping[str, Values], identity: tuple[object, ...]) -> "Scope":
        """The scope of a call of a function that is defined here."""
        scope = Scope(self.path, function, function.body, self, bound, (*self.identity, *identity))
        scope._table = self.inside(function).table
        return scope

    @property
    def function(self) -> "Scope | None":
        """The innermost scope that is one of a function; None at the top of a module."""
        scope: Scope | None = self
        while scope is not None and not isinstance(scope.owner, Function):
            scope = scope.parent
        return scope
