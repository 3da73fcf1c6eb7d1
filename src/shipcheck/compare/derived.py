"""Derived values that fall because a component of the base is no longer reached, whichever links or components are gone.

What the head should derive is computed over the links of the base with the values of the head. Left out are links whose loss is a
finding already, and components that are gone with their code: what depends on them alone has not lost anything else.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from shipcheck.compare.gravity import Gravity
from shipcheck.compare.rules import Difference
from shipcheck.compare.weaker import Declared, shown
from shipcheck.english import listed
from shipcheck.graph.adjacency import Adjacency, LinkTables
from shipcheck.graph.flow import derive
from shipcheck.graph.graph import EdgeNumber, Node
from shipcheck.graph.pairs import Pair
from shipcheck.graph.reduced import reduced
from shipcheck.vocabulary.vocabulary import FlowSpec

Values = dict[str, Any]


class Fall(NamedTuple):
    """A derived value that is lower, and the links of the base by which the component can have it."""

    difference: Difference
    links: frozenset[EdgeNumber]


class Derived:
    """The derived values that the head should have, by the links of the base.

    `lost` are links of the base whose loss is reported, `without_code` components that are gone with their code.
    """

    def __init__(self, declared: Declared, lost: Collection[EdgeNumber], without_code: frozenset[Node]) -> None:
        self._declared = declared
        base = declared.base
        self._dropped = set(lost)
        if without_code:
            self._dropped.update(
                number for number, edge in enumerate(base.edges) if edge.source in without_code or edge.target in without_code
            )
        self._without_code = without_code

    def fallen(self, found: Iterable[Pair], gravity: Gravity) -> Iterator[Fall]:
        """Every value that is lower than it should be, where it falls first."""
        found = tuple(found)
        for flow in self._declared.vocabulary.flows.values():
            if flow.judged:
                yield from _Fallen(self._declared, self._expected(flow), flow).differences(found, gravity)

    def _expected(self, flow: FlowSpec) -> LinkTables:
        """The links of the base that count, with the values that the flow starts from."""
        base, vocabulary = self._declared.base, self._declared.vocabulary
        along = Adjacency(LinkTables(base, vocabulary), _along(flow))
        kept = Adjacency(LinkTables(self._declared.head, vocabulary), _along(flow))
        values: dict[Node, Values] = {node: {} for node in self._without_code}
        for kind, field in flow.seeds.items():
            for node in base.kinds.get(kind, ()):
                if node not in values:
                    seed = self._seed(flow, field, node, whole=self._keeps_hops(node, along, kept))
                    values[node] = {**base.values[node], field: seed} if seed is not None else _without(base.values[node], field)
        return LinkTables(reduced(base, self._dropped, values), vocabulary)

    def _seed(self, flow: FlowSpec, field: str, node: Node, *, whole: bool) -> object:
        """The value of a component that a flow starts from: that of the head, where its change is judged at the field itself."""
        before = self._declared.base.values[node].get(field)
        after = [self._declared.head.values[other].get(field) for other in self._declared.became(node)]
        if not after:
            return before
        return max(after if whole or before is None else [before, *after], key=lambda value: rank(flow, value))

    def _keeps_hops(self, node: Node, along: Adjacency, kept: Adjacency) -> bool:
        """Whether everything that a component leads to in the base it still leads to in the head."""
        became = self._declared.became
        now = {target for other in became(node) for target, _ in kept.out.get(other, ())}
        hops = (target for target, number in along.out.get(node, ()) if number not in self._dropped)
        return all(not now.isdisjoint(became(target)) for target in hops)


class _Fallen:
    """Compares one derived value of the head with what it should be."""

    def __init__(self, declared: Declared, expected: LinkTables, flow: FlowSpec) -> None:
        self._declared = declared
        self._flow = flow
        # What is collected is computed only where it is judged: on every kind it would grow with the square of the graph.
        everywhere = replace(flow, onto=flow.judged if flow.combine == "collect" else tuple(declared.vocabulary.kinds))
        self._values = derive(expected, everywhere)
        self._now = derive(LinkTables(declared.head, declared.vocabulary), everywhere)
        self._leading = Adjacency(expected, _along(flow))

    def differences(self, found: tuple[Pair, ...], gravity: Gravity) -> Iterator[Fall]:
        flow, told = self._flow, set[str]()
        causes = self._causes({pair.before for pair in found if self._is_lower(pair)})
        for pair in found:
            subject = f"{self._declared.head.reference(pair.after)}[{flow.name}]"
            first = pair.before in causes or flow.combine == "collect"
            if self._is_judged(pair.before) and subject not in told and first and self._falls(pair):
                told.add(subject)
                message, place = self._message(pair, causes.get(pair.before)), self._declared.head.place(pair.after)
                yield Fall(Difference(subject, message, place, gravity.of(pair)), self._behind(pair.before))

    def _behind(self, node: Node) -> frozenset[EdgeNumber]:
        """Every link of the base by which a component can have its value."""
        numbers: set[EdgeNumber] = set()
        waiting, seen = [node], {node}
        while waiting:
            for start, number in self._leading.into.get(waiting.pop(), ()):
                numbers.add(number)
                if start not in seen:
                    seen.add(start)
                    waiting.append(start)
        return frozenset(numbers)

    def _is_judged(self, node: Node) -> bool:
        return self._declared.base.reference(node).kind in self._flow.judged

    def _falls(self, pair: Pair) -> bool:
        base, head, vocabulary = self._declared.base, self._declared.head, self._declared.vocabulary
        kind = vocabulary.kinds[base.reference(pair.before).kind]
        if kind.is_harmless(base.values[pair.before]) and kind.is_harmless(head.values[pair.after]):
            return False
        if self._flow.combine == "collect":
            return bool(self._missing(pair))
        return not self._is_harmless(self._values.get(pair.before)) and self._is_lower(pair)

    def _is_lower(self, pair: Pair) -> bool:
        return rank(self._flow, self._now.get(pair.after)) < rank(self._flow, self._values.get(pair.before))

    def _is_harmless(self, value: object) -> bool:
        """Whether losing the value hides nothing: there is no lower one, or all that it starts from is harmless."""
        kinds = self._declared.vocabulary.kinds
        seeds = [kinds[kind].fields[field] for kind, field in self._flow.seeds.items()]
        lowest = self._flow.choice.words[0] if self._flow.choice else False
        return value in {self._flow.start, lowest} - {None} or all(value in spec.harmless for spec in seeds)

    def _missing(self, pair: Pair) -> list[Node]:
        """The components of the base that a collected value no longer has, though the head declares them."""
        now: Any = self._declared.head.values[pair.after].get(self._flow.name) or ()
        before: Any = self._values.get(pair.before) or ()
        return [node for node in before if (became := self._declared.became(node)) and not set(became).intersection(now)]

    def _causes(self, lower: set[Node]) -> dict[Node, Node]:
        """For each lower component of the base what gave it its value, and still has it or is gone.

        A judged component that is lower is reported, and explains all that has its value from it.
        """
        causes: dict[Node, Node] = {}
        for node in sorted(lower):
            giving = [start for start, _ in self._leading.into.get(node, ()) if start not in lower and self._gives(start, node)]
            if giving:
                causes[node] = min(giving)
        waiting = [node for node in causes if not self._is_judged(node)]
        while waiting:
            start = waiting.pop()
            for node, _ in self._leading.out.get(start, ()):
                if node in lower and node not in causes and self._gives(start, node):
                    causes[node] = causes[start]
                    waiting += () if self._is_judged(node) else (node,)
        return causes

    def _gives(self, start: Node, node: Node) -> bool:
        return rank(self._flow, self._values.get(start)) >= rank(self._flow, self._values.get(node))

    def _message(self, pair: Pair, cause: Node | None) -> str:
        reference, name, base = self._declared.head.reference(pair.after), self._flow.name, self._declared.base
        if self._flow.combine == "collect":
            names = [str(base.reference(node)) for node in self._missing(pair)]
            return f"{name} of {reference} no longer include {listed(names[:3], 'and')}{' and others' * (len(names) > 3)}"
        before, after = self._values.get(pair.before), self._now.get(pair.after)
        through = "" if cause is None else f"; {base.reference(cause)} no longer leads to it"
        text = f"{name} of {reference} is {'not known' if after is None else shown(after)}, was "
        return f"{text}{'not known' if before is None else shown(before)} in the base{through}"


def rank(flow: FlowSpec, value: object) -> int:
    """How far a derived value is from the least; an unknown one is below all others or right below the greatest."""
    known: tuple[object, ...] = flow.choice.words if flow.choice else (False, True)
    if value in known:
        return 2 * known.index(value)
    return -1 if flow.unknown == "yields" else 2 * len(known) - 3


def _along(flow: FlowSpec) -> tuple[str, ...]:
    return tuple(name for step in flow.steps for name in step)


def _without(values: Mapping[str, object], field: str) -> Values:
    return {name: value for name, value in values.items() if name != field}
