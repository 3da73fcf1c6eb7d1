"""Conditions on a long list that many components share.

Each component asks about every element, which is quadratic. But what a condition says of an element alone is the same for all who
ask, and so is the answer to all whose own values are the same.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from shipcheck.evaluate.operations import FEW, Items, Test
from shipcheck.graph.graph import Node
from shipcheck.model.expression import Aggregate, Both, Expression, Path, Quantified
from shipcheck.model.traverse import conjuncts

# With `every`, an element of which a part is false decides at once; all others leave it out of the answer.
_SKIPPING = frozenset({"some", "no", "count"})


class Shared(NamedTuple):
    """What of a condition on the elements of a list can be shared.

    `read` are the values of those who ask that it reads, and `alone` the part of it that reads the element and nothing else, None
    without one.
    """

    read: tuple[Path, ...]
    alone: Expression | None


def shared(word: str, items: Expression, condition: Expression | None, name: str, outer: Collection[str]) -> Shared | None:
    """What can be shared of a condition on the elements of a list; None where nothing can.

    In the condition an element is called `name`, and those who ask have the names in `outer`.
    """
    parts = () if condition is None else tuple(condition.walk())
    bound = {part.name for part in parts if isinstance(part, Quantified | Aggregate) and part.name}
    if not _is_stored(items) or any(isinstance(part, Aggregate) and part.items is None for part in parts):
        return None
    read = tuple(dict.fromkeys(part for part in parts if isinstance(part, Path) and part.start in outer))
    if not bound.isdisjoint((*outer, name)) or any(path.type.name in {"list", "record"} for path in read):
        return None
    alone = tuple(part for part in conjuncts(condition) if not _reads(part, read)) if word in _SKIPPING and read else ()
    if condition is None or len(alone) < 2:
        return Shared(read, next(iter(alone), None))
    return Shared(read, Both(condition.type, condition.text, alone))


def _reads(part: Expression, paths: tuple[Path, ...]) -> bool:
    return any(inner in paths for inner in part.walk())


def _is_stored(items: Expression) -> bool:
    """Whether the list is one that the graph holds, not one made anew for each who asks."""
    if not isinstance(items, Path) or not items.steps:
        return False
    *before, last = items.steps
    return last.source in {"value", "link", "inverse"} and all(step.type.name != "list" for step in before)


class LongList:
    """An operation on lists that remembers its answers for long ones.

    `key` makes the function that gives the values of those who ask, and `alone` the elements' own part of the test, None without
    one. Both are made for the first long list, and most repositories have none.
    """

    def __init__(
        self, operation: Callable[..., Any], key: Callable[[], Callable[..., Any]], alone: Callable[[], Test | None]
    ) -> None:
        self._operation = operation
        self._make_key = key
        self._make_alone = alone
        self._key: Callable[..., Any] | None = None
        self._answers: dict[tuple[int, Any], Any] = {}
        # Each list with the elements that can count; the list is kept, so that its identity stays its own.
        self._relevant: dict[int, tuple[Sequence[Node], Sequence[Node]]] = {}

    def __call__(self, items: Items, test: Test, *outer: Any) -> Any:
        """The answer for `outer`, the values of the names that the test reads next to the element."""
        if items is None or len(items) <= FEW:
            return self._operation(items, test, *outer)
        if self._key is None:
            self._key = self._make_key()
        asked = (id(items), self._key(*outer))
        if asked not in self._answers:
            self._answers[asked] = self._operation(self._counting(items), test, *outer)
        return self._answers[asked]

    def _counting(self, items: Sequence[Node]) -> Sequence[Node]:
        """The elements that the part about them alone does not rule out."""
        kept = self._relevant.get(id(items))
        if kept is None:
            alone = self._make_alone()
            able = items if alone is None else tuple(item for item in items if item is None or alone(item) is not False)
            kept = self._relevant[id(items)] = (items, able)
        return kept[1]
