"""Whether the tests that the vocabulary writes for floors and flows hold for a component."""

from collections.abc import Iterable
from typing import Any

from shipcheck.graph.adjacency import LinkTables
from shipcheck.graph.graph import Node, written
from shipcheck.vocabulary.vocabulary import DECLARED, EMPTY, GIVEN, UNDECLARED, Test

_NO_TARGETS: tuple[Node, ...] = ()


class Facts:
    """Asks one graph; derived values count as far as they are in `Graph.values` already."""

    def __init__(self, links: LinkTables) -> None:
        self._links = links
        self._values = links.graph.values

    def hold(self, node: Node, when: Iterable[Test], certain: Iterable[Test] = ()) -> bool:
        """Whether all tests hold; what is not declared passes those in `when`, and not those in `certain`."""
        return all(self.holds(node, test, undeclared=True) for test in when) and all(
            self.holds(node, test, undeclared=False) for test in certain
        )

    def holds(self, node: Node, test: Test, *, undeclared: bool) -> bool:
        """Whether one test holds; `undeclared` is the answer for a value that is not declared."""
        if test.parts:
            return any(
                all(self.holds(target, part, undeclared=undeclared) for part in test.parts)
                for target in self.targets(node, test.name)
            )
        value = self.value(node, test.name)
        if value is None:
            return undeclared or UNDECLARED in test.among
        if isinstance(value, tuple):
            return (EMPTY if not value else GIVEN) in test.among or any(one in test.among for one in value)
        return GIVEN in test.among or value in test.among

    def value(self, node: Node, name: str) -> Any:
        """The value of a field or link, as it is written where it has a floor; a link that is not declared is empty."""
        if name in self._links.vocabulary.backward:
            return tuple(self.targets(node, name))
        values = self._values[node]
        value = written(values).get(name, values.get(name)) if DECLARED in values else values.get(name)
        if value is None and self._is_link(node, name):
            return _NO_TARGETS
        return value

    def targets(self, node: Node, name: str) -> Iterable[Node]:
        """What a link or an inverse leads to from a component."""
        if name in self._links.vocabulary.backward:
            names = self._links.vocabulary.backward[name]
            return [source for link in names for source in self._links.sources(link).get(node, ())]
        return self._links.targets(name).get(node, _NO_TARGETS)

    def _is_link(self, node: Node, name: str) -> bool:
        return name in self._links.vocabulary.kinds[self._links.graph.reference(node).kind].links
