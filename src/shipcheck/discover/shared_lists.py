"""Lists and records of a module that other modules add to, such as a list of all tools that each module of tools joins."""

from collections.abc import Callable

from shipcheck.code.bindings import Change
from shipcheck.code.form import Expression, Item, Member, Name
from shipcheck.code.possible_values import Listed, Recorded, Spot, Values, conditional
from shipcheck.code.resolver import Resolver
from shipcheck.code.scopes import Scope
from shipcheck.discover.plain_values import variable_at
from shipcheck.discover.sightings import Found

_GROWS = frozenset({"append", "extend", "insert", "add", "update", "push", "unshift", "set", "setdefault", "item", "+", "|"})


class SharedLists:
    """What other modules add to lists, and the components that read these; `follow_again` looks at the links of one anew."""

    def __init__(self, resolver: Resolver, follow_again: Callable[[Found], None]) -> None:
        self._resolver = resolver
        self._follow_again = follow_again
        self._added: dict[Spot, list[Values]] = {}
        self._readers: dict[Spot, list[Found]] = {}
        self.holders: set[tuple[str, str]] = set()

    def read(self, values: Values, reader: Found) -> None:
        """A component reads these values: every module that uses a list among them is to be read too."""
        for item in values:
            if isinstance(item.value, Listed | Recorded):
                self._readers.setdefault(item.value.spot, []).append(reader)
                variable = variable_at(self._resolver, item.value.spot)
                if variable:
                    self.holders.add((item.value.spot.path, variable))

    def added_to(self, spot: Spot) -> list[Values]:
        """What other modules add to the list at a place."""
        return self._added.get(spot, [])

    def change(self, change: Change, scope: Scope) -> None:
        """Remember a change of what is imported."""
        if change.how not in _GROWS or not change.values or not self._is_imported(change.target, scope):
            return
        target = change.target.owner if isinstance(change.target, Item) else change.target
        for item in self._resolver.ask(target, scope):
            if isinstance(item.value, Listed | Recorded) and item.value.spot.path != scope.path:
                added = self._added.setdefault(item.value.spot, [])
                added += [conditional(self._resolver.ask(value, scope), change.tests) for value in change.values]
                for reader in self._readers.get(item.value.spot, []):
                    self._follow_again(reader)

    def _is_imported(self, target: Expression, scope: Scope) -> bool:
        while isinstance(target, Member | Item):
            target = target.owner
        if not isinstance(target, Name):
            return False
        top = scope
        while top.parent is not None:
            top = top.parent
        return any(binding.how == "import" for binding in top.table.names.get(target.name, []))
