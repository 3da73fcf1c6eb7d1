"""What a policy is asked about: components, links, removed components, groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shipcheck.evaluate.display import shown
from shipcheck.evaluate.world import World
from shipcheck.model.expression import Expression, Path
from shipcheck.model.location import Location
from shipcheck.model.policy import EachLink, Group
from shipcheck.model.traverse import paths_of

MISSING_GROUP = "(missing)"
LINK_NAMES = ("from", "to", "through", "gates")
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

    def link(self, number: int) -> Subject:
        """One link."""
        edge = self._graph.edges[number]
        return Subject(self._called(number), self.names_of_link(number), self._graph.edge_place(edge), edge.source)

    def _called(self, number: int) -> str:
        """How a link is called: of several between the same two, the later ones are numbered, as they are written."""
        edges = self._graph.edges
        source, link, target, _, item = edges[number]
        text = f"{self._graph.reference(source)} {link} {self._graph.reference(target)}"
        ends = (source, link, target)
        others = (edges[other] for other in self._graph.numbers_from(source))
        place = 1 + sum(1 for other in others if other[:3] == ends and other.item < item)
        return text if place == 1 else f"{text}#{place}"

    def names_of_link(self, number: int) -> Environment:
        """What the names mean for a link."""
        return dict(zip(LINK_NAMES, (self._name_of_link(name)(number) for name in LINK_NAMES), strict=True))

    def _name_of_link(self, name: str) -> Callable[[int], object]:
        """What one name means for each link, by the link's number."""
        edges, guards = self._graph.edges, self._world.guards

        def gates(number: int) -> tuple[int, ...]:
            _, _, target, through, _ = edges[number]
            guarding = guards.get(target, ())
            return tuple(sorted({*through, *guarding})) if guarding or len(through) > 1 else through

        meanings: dict[str, Callable[[int], object]] = {
            "from": lambda number: edges[number].source,
            "to": lambda number: edges[number].target,
            "through": lambda number: edges[number].gates,
            "gates": gates,
        }
        return meanings[name]

    def test_of_links(self, condition: Expression) -> Callable[[int], bool | None]:
        """A test of links, by number, against a condition; only the names that the condition uses are looked up."""
        used = [name for name in LINK_NAMES if paths_of(condition, name)]
        test = self._world.expression(condition, tuple(used))
        getters = [self._name_of_link(name) for name in used]
        if len(getters) == 1:
            only = getters[0]
            return lambda number: test(only(number))
        if len(getters) == 2:
            first, second = getters
            return lambda number: test(first(number), second(number))
        return lambda number: test(*[get(number) for get in getters])

    def links(self, subject: EachLink) -> list[int]:
        """The links that match, not certainly none, by their ends and as they are written."""
        numbers = [number for link in subject.links for number in self._graph.by_link.get(link, ())]
        if subject.where is None:
            return numbers
        test = self.test_of_links(subject.where)
        return [number for number in numbers if test(number) is not False]

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
