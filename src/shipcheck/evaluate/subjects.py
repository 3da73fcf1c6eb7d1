"""What a policy judges: components, links, removed components, groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

from shipcheck.evaluate.compiled_policy import Environment
from shipcheck.evaluate.display import display_value
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.graph.graph import EdgeNumber, Node
from shipcheck.model.expression import Expression, Path
from shipcheck.model.location import Location
from shipcheck.model.policy import EachLink, Group
from shipcheck.model.traverse import paths_of

MISSING_GROUP = "(missing)"
LINK_NAMES = ("from", "to", "through", "gates")
GroupMembers: TypeAlias = tuple[Environment, tuple[object, ...]]
"""What the names mean for a group, its `members` among them, and the values of `per` that the members share."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: how it is printed, what the names mean for it, and where it is declared.

    `node` is the component that it is, the source of a link, or the component that a group shares; None for other groups.
    """

    text: str
    environment: Environment
    place: Location
    node: Node | None


class Subjects:
    """Builds the subjects of policies over one graph."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._graph = view.graph

    def component(self, node: Node) -> Subject:
        """A component, which may be one that was removed."""
        names: Environment = {"it": node, "subject": node, "from": node}
        return Subject(str(self._graph.reference(node)), names, self._graph.place(node), node)

    def link(self, number: EdgeNumber) -> Subject:
        """A link."""
        edge = self._graph.edges[number]
        return Subject(self._link_text(number), self.names_of_link(number), self._graph.edge_place(edge), edge.source)

    def _link_text(self, number: EdgeNumber) -> str:
        """How a link is printed: of several between the same two, the later ones are numbered, as they are written."""
        edges = self._graph.edges
        source, link, target, _, item = edges[number]
        text = f"{self._graph.reference(source)} {link} {self._graph.reference(target)}"
        ends = (source, link, target)
        # A component's links are sorted, so that those between the same two follow each other.
        first = number
        while first and edges[first - 1][:3] == ends:
            first -= 1
        same = takewhile(lambda other: edges[other][:3] == ends, range(first, len(edges)))
        position = 1 + sum(1 for other in same if edges[other].item < item)
        return text if position == 1 else f"{text}#{position}"

    def names_of_link(self, number: EdgeNumber) -> Environment:
        """What the names mean for a link."""
        return {name: self._name_of_link(name)(number) for name in LINK_NAMES}

    def _name_of_link(self, name: str) -> Callable[[EdgeNumber], object]:
        """What one name means for each link, by the link's number."""
        edges, guards = self._graph.edges, self._view.guards

        def gates(number: EdgeNumber) -> tuple[Node, ...]:
            _, _, target, through, _ = edges[number]
            guarding = guards.get(target, ())
            return tuple(sorted({*through, *guarding})) if guarding or len(through) > 1 else through

        meanings: dict[str, Callable[[EdgeNumber], object]] = {
            "from": lambda number: edges[number].source,
            "to": lambda number: edges[number].target,
            "through": lambda number: edges[number].gates,
            "gates": gates,
        }
        return meanings[name]

    def test_of_links(self, condition: Expression) -> Callable[[EdgeNumber], bool | None]:
        """A test of links, by number, against a condition; only the names that the condition uses are looked up."""
        used = [name for name in LINK_NAMES if paths_of(condition, name)]
        test = self._view.conditions.function(condition, tuple(used))
        getters = [self._name_of_link(name) for name in used]
        if len(getters) == 1:
            only = getters[0]
            return lambda number: test(only(number))
        if len(getters) == 2:
            first, second = getters
            return lambda number: test(first(number), second(number))
        return lambda number: test(*[get(number) for get in getters])

    def links(self, subject: EachLink) -> list[EdgeNumber]:
        """The links that do not certainly fail to match, link name by link name and in each by number."""
        numbers = [number for link in subject.links for number in self._graph.by_link.get(link, ())]
        if subject.where is None:
            return numbers
        test = self.test_of_links(subject.where)
        return [number for number in numbers if test(number) is not False]

    def groups(self, subject: Group) -> Iterable[GroupMembers]:
        """The groups of the components that match, in the order of their first members."""
        functions = [self._view.conditions.function(path, ("it",)) for path in subject.per]
        groups: dict[tuple[object, ...], list[Node]] = {}
        for node in self._view.conditions.candidates(subject.selector).nodes:
            groups.setdefault(tuple(function(node) for function in functions), []).append(node)
        for values, members in sorted(groups.items(), key=lambda item: item[1][0]):
            yield group_names(subject, tuple(members), values), values

    def group(self, subject: Group, names: Environment, values: tuple[object, ...]) -> Subject:
        """A group, by its names and values as `groups` gives them."""
        first = first_member(names)
        node = values[0] if len(values) == 1 and subject.per[0].type.name == "component" else None
        if isinstance(node, int):
            return Subject(str(self._graph.reference(node)), names, self._graph.place(first), node)
        texts = [
            MISSING_GROUP if value is None else display_value(self._graph, value, path.type)
            for path, value in zip(subject.per, values, strict=True)
        ]
        inside = ", ".join(f"{path.text}={text}" for path, text in zip(subject.per, texts, strict=True))
        return Subject(f"{' or '.join(subject.selector.kinds)}[{inside}]", names, self._graph.place(first), None)


def first_member(names: Environment) -> Node:
    """The first member of a group, by its names as `groups` gives them."""
    members = names["members"]
    return members[0] if isinstance(members, tuple) else 0


def group_names(subject: Group, members: tuple[Node, ...], values: tuple[object, ...]) -> Environment:
    """What the names mean for a group: its `members`, and the value of each field path of `per`, written with `_` for `.`."""
    return {"members": members, **dict(zip((_name_of(path) for path in subject.per), values, strict=True))}


def _name_of(path: Path) -> str:
    return path.text.replace(".", "_")
