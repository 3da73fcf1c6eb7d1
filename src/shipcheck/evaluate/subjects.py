"""What a policy is asked about: components, links, removed components, groups."""

from collections.abc import Iterable
from dataclasses import dataclass

from shipcheck.evaluate.shown import shown
from shipcheck.evaluate.world import World
from shipcheck.model.expression import Path
from shipcheck.model.location import Location
from shipcheck.model.policy import EachLink, Group

MISSING_GROUP = "(missing)"
Environment = dict[str, object]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: how it is printed, what the names mean for it, and where it is declared."""

    text: str
    environment: Environment
    place: Location
    node: int | None


class Subjects:
    """Makes subjects over one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._graph = world.graph

    def component(self, node: int) -> Subject:
        """One component."""
        names: Environment = {"it": node, "subject": node, "from": node}
        return Subject(str(self._graph.reference(node)), names, self._graph.place(node), node)

    def link(self, number: int, text: str) -> Subject:
        """One link, which is called by `text`."""
        edge = self._graph.edges[number]
        return Subject(text, self.names_of_link(number), self._graph.edge_place(edge), edge.source)

    def names_of_link(self, number: int) -> Environment:
        """What the names mean for a link."""
        edge = self._graph.edges[number]
        gates = tuple(sorted(set(self._world.gates_of(edge.target, number))))
        return {"from": edge.source, "to": edge.target, "through": edge.gates, "gates": gates}

    def links(self, subject: EachLink) -> Iterable[tuple[int, str]]:
        """The edges that may match, and what each is called: items between the same two are counted as they are written."""
        test = self._world.expression(subject.where, ("from", "to", "through", "gates")) if subject.where else None
        edges = self._graph.edges
        met: dict[tuple[int, str, int], int] = {}
        numbers = [number for link in subject.links for number in self._graph.by_link.get(link, ())]
        # Sorted as they are written, so that a gate's name does not change which is the second.
        for number in sorted(numbers, key=lambda number: (edges[number][:3], edges[number].item)):
            ends = edges[number][:3]
            met[ends] = met.get(ends, 0) + 1
            if test is None or test(*self.names_of_link(number).values()) is not False:
                text = f"{self._graph.reference(ends[0])} {ends[1]} {self._graph.reference(ends[2])}"
                yield number, text if met[ends] == 1 else f"{text}#{met[ends]}"

    def groups(self, subject: Group) -> Iterable[tuple[Environment, tuple[object, ...]]]:
        """The names of each group, and the values that its members share, in the order of their first members."""
        functions = [self._world.expression(path, ("it",)) for path in subject.per]
        groups: dict[tuple[object, ...], list[int]] = {}
        for node in self._world.candidates(subject.selector):
            groups.setdefault(tuple(function(node) for function in functions), []).append(node)
        for values, members in sorted(groups.items(), key=lambda item: item[1][0]):
            named = dict(zip((_per_name(path) for path in subject.per), values, strict=True))
            yield {"members": tuple(members), **named}, values

    def group(self, subject: Group, names: Environment, values: tuple[object, ...]) -> Subject:
        """One group."""
        members = names["members"]
        first = members[0] if isinstance(members, tuple) else 0
        node = values[0] if len(values) == 1 and subject.per[0].type.name == "component" else None
        if isinstance(node, int):
            return Subject(str(self._graph.reference(node)), names, self._graph.place(first), node)
        texts = [
            MISSING_GROUP if value is None else shown(self._graph, value, path.type)
            for path, value in zip(subject.per, values, strict=True)
        ]
        inside = ", ".join(f"{path.text}={text}" for path, text in zip(subject.per, texts, strict=True))
        return Subject(f"{' or '.join(subject.selector.kinds)}[{inside}]", names, self._graph.place(first), None)


def _per_name(path: Path) -> str:
    return path.text.replace(".", "_")
