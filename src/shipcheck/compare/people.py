"""People who decide or keep records in the head, and would not be trusted with it: who they are counts, not that they changed."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from shipcheck.compare.gravity import Gravity
from shipcheck.compare.rules import Difference
from shipcheck.compare.weaker import Declared
from shipcheck.graph.graph import Graph, Node
from shipcheck.graph.pairs import Pair
from shipcheck.vocabulary.vocabulary import FieldSpec, Vocabulary

PEOPLE = "people"
_NEW = "which the base does not have"
Failing = frozenset[tuple[str, str]]


class _Flaw(NamedTuple):
    """A team in a field, by its node, and what speaks against it."""

    team: Node
    text: str


def unfit(declared: Declared, found: Iterable[Pair], gravity: Gravity, failing: Failing) -> Iterator[Difference]:
    """Where a field has people with a flaw that those of the base had not.

    What `failing` policies find is not reported again, but for a flaw that comes from another edit than that of the field.
    """
    before, after = _Teams(declared.base, declared.vocabulary), _Teams(declared.head, declared.vocabulary)
    known = {node: pair.before for pair in found for node in (pair.after,)}
    told: set[str] = set()
    for pair in found:
        reference = declared.head.reference(pair.after)
        for spec in _people(declared.vocabulary.kinds[reference.kind].fields):
            subject = f"{reference}[{spec.name}]"
            new = [flaw for flaw in after.flaws(pair.after, spec, known) if not before.has(pair.before, spec, flaw, known)]
            if (spec.by, str(reference)) in failing:
                new = [flaw for flaw in new if not before.would_have(pair.before, flaw, known)]
            if new and subject not in told:
                told.add(subject)
                text = f"{spec.name} of {reference} is {declared.head.reference(new[0].team)}, {new[0].text}"
                yield Difference(subject, text, declared.head.place(pair.after), gravity.of(pair))


def _people(fields: dict[str, FieldSpec]) -> Iterator[FieldSpec]:
    return (spec for spec in fields.values() if spec.weaker == PEOPLE)


class _Teams:
    """What speaks against each team of a graph, in each place."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self._graph = graph
        # Those whose own work is controlled: what links to a gate or a sink, and what leads to that; each with its kind.
        callers: dict[Node, set[tuple[Node, str]]] = {}
        guarded: dict[Node, set[Node]] = {}
        for edge in graph.edges:
            if graph.reference(edge.source).kind in vocabulary.decisive.judged:
                callers.setdefault(edge.target, set()).update(self._owner(edge.source))
                guarded.setdefault(edge.target, set()).add(edge.source)
                for gate in edge.gates:
                    guarded.setdefault(gate, set()).update((edge.source, edge.target))
        controls = tuple(kind.name for kind in vocabulary.kinds.values() if any(_people(kind.fields)))
        self._controlled = {
            node: {owned for one in guarded.get(node, ()) for owned in (*self._owner(one), *callers.get(one, ()))}
            for node in graph.nodes(controls)
        }

    def _owner(self, node: Node) -> tuple[tuple[Node, str], ...]:
        owner = self._graph.values[node].get("owner")
        return ((owner, self._graph.reference(node).kind),) if isinstance(owner, int) else ()

    def flaws(self, node: Node, spec: FieldSpec, known: dict[Node, Node] | None = None) -> Iterator[_Flaw]:
        """What speaks against the teams in a field; `known` are the teams that the base has."""
        value: Any = self._graph.values[node].get(spec.name)
        for team in value if isinstance(value, tuple) else () if value is None else (value,):
            if known is not None and team not in known:
                yield _Flaw(team, _NEW)
            yield from (_Flaw(team, text) for text in self._against(team, node))

    def _against(self, team: Node, node: Node) -> Iterator[str]:
        """What speaks against a team in a field of a component."""
        for owned in sorted({owned for owner, owned in self._controlled.get(node, ()) if self._are_same(team, owner)}):
            yield f"whose people own the {owned} that it controls"
        kind = self._graph.values[team].get("type", "staff")
        if kind != "staff":
            yield f"which is a team of type {kind}"
        if self._graph.values[team].get("active") is False:
            yield "which is not active"

    def has(self, node: Node, spec: FieldSpec, flaw: _Flaw, known: dict[Node, Node]) -> bool:
        """Whether the same team had the same flaw in a field of the base."""
        return any(known.get(flaw.team) == own.team and flaw.text == own.text for own in self.flaws(node, spec))

    def would_have(self, node: Node, flaw: _Flaw, known: dict[Node, Node]) -> bool:
        """Whether a team has this flaw by the edit of the field alone, with all else as in the base."""
        return flaw.text == _NEW or (flaw.team in known and flaw.text in self._against(known[flaw.team], node))

    def _are_same(self, team: Node, other: Node) -> bool:
        """Whether two teams are one, or share people."""
        return team == other or not set(self._members(team)).isdisjoint(self._members(other))

    def _members(self, team: Node) -> Any:
        return self._graph.values[team].get("members") or ()
