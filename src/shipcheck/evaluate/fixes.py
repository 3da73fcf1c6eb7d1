"""The computed fix: the smallest change that clears findings, and what exists already that can be used for it."""

from collections.abc import Collection

from shipcheck.describe.conditions import condition_text
from shipcheck.evaluate.display import shown
from shipcheck.evaluate.minimum_cut import Places
from shipcheck.evaluate.must_not_reach import OpenWalk, PathSearch
from shipcheck.evaluate.reasons import Blame
from shipcheck.evaluate.world import World
from shipcheck.graph.cuts import GatePlace
from shipcheck.model.expression import Both, Expression, Path, Selector
from shipcheck.model.finding import Fix, Reason
from shipcheck.model.location import Location
from shipcheck.model.policy import MustNotReach, Policy
from shipcheck.vocabulary.vocabulary import FieldSpec

ALL_OF = "all of"
# Of the gates on the way, so many are looked at for one that lacks a single thing.
MOST_GATES = 12
MOST_PLACES = 3


class Fixes:
    """Computes fixes over one world."""

    def __init__(self, world: World, paths: PathSearch, blame: Blame) -> None:
        self._world = world
        self._paths = paths
        self._blame = blame
        self._places = Places(world, paths)

    def for_walks(self, policy: Policy, verb: MustNotReach, walks: list[OpenWalk]) -> list[Fix]:
        """One fix for each walk, of the fewest places that clear them all."""
        by_target: dict[int, list[OpenWalk]] = {}
        for walk in walks:
            by_target.setdefault(walk.target, []).append(walk)
        fixes: dict[tuple[int, int], Fix] = {}
        cut = self._places.cut(verb, walks)
        for place, cleared in cut.items():
            if cleared:
                fix = self._at_place(verb, place, cleared, self._together(cut, place, len(walks)))
                fixes.update({(walk.subject, walk.target): fix for walk in cleared})
        for target, same in by_target.items() if not cut else ():
            for walk, fix in zip(same, self._at_target(policy, verb, target, same), strict=True):
                fixes[walk.subject, walk.target] = fix
        return [fixes[walk.subject, walk.target] for walk in walks]

    def _at_place(self, verb: MustNotReach, place: GatePlace, walks: list[OpenWalk], together: str) -> Fix:
        """A gate at one of the fewest places that clear all findings of the policy."""
        graph = self._world.graph
        gates = self._fitting(verb, walks)
        name = graph.reference(min(gates)).short if gates else "..."
        fits = f"it exists and fits all {len(walks)}" if gates else self._lacking(verb, walks[0], tried=gates is not None)
        where, called = self._spot(place)
        if place.guards:
            return Fix(f"let a fit gate guard {called}", where, f"guarded_by: [{name}]", f"{fits}; {together}", len(walks))
        edge = graph.edges[place.number]
        through = ", ".join([*(graph.reference(gate).short for gate in edge.gates), name])
        snippet = f"{edge.link}: [{{to: {graph.reference(edge.target).short}, through: [{through}]}}]"
        return Fix(f"put a fit gate on {called}", where, snippet, f"{fits}; {together}", len(walks))

    def _spot(self, place: GatePlace) -> tuple[Location, str]:
        """Where a place is, and how it is called."""
        graph = self._world.graph
        if place.guards:
            where, called = graph.place(place.number), str(graph.reference(place.number))
        else:
            edge = graph.edges[place.number]
            where = graph.edge_place(edge)
            called = f"{graph.reference(edge.source)} {edge.link} {graph.reference(edge.target)}"
        return where, f"{called} ({where.path}:{where.line})"

    def _together(self, cut: Collection[GatePlace], place: GatePlace, findings: int) -> str:
        """What the gates at all places of a cut clear, and where the others are."""
        others = [self._spot(other)[1] for other in cut if other != place]
        if not others:
            return f"1 gate here clears all {findings} findings of this policy"
        more = f" and {len(others) - MOST_PLACES} more" if len(others) > MOST_PLACES else ""
        return f"{len(cut)} gates clear all {findings} findings of this policy: here, {', '.join(others[:MOST_PLACES])}{more}"

    def _at_target(self, policy: Policy, verb: MustNotReach, target: int, walks: list[OpenWalk]) -> list[Fix]:
        """One fix for each walk to a target.

        A guard on the target clears them all, so an existing gate is named for it only if it fits them all. Failing that, a gate
        on the way that lacks one thing is mended; failing that, any other such gate; failing that, what a fit gate needs.
        """
        graph = self._world.graph
        kind = self._world.vocabulary.kinds[graph.reference(target).kind]
        selector = verb.unless_through
        if selector is None or "guarded_by" not in kind.links:
            return [Fix(policy.fix)] * len(walks)
        place, clears = graph.place(target), len(walks)
        text = f"let a fit gate guard {graph.reference(target)} ({place.path}:{place.line})"
        gates = self._fitting(verb, walks)
        if gates:
            note = "it exists and fits" if clears == 1 else f"it exists and fits all {clears}"
            return [Fix(text, place, f"guarded_by: [{graph.reference(min(gates)).short}]", note, clears)] * clears
        shared = Fix(text, place, "guarded_by: [...]", self._lacking(verb, walks[0], tried=gates is not None), clears)
        return [self._nearest(selector, walk, self._on_the_way(verb, walk)) or shared for walk in walks]

    def _lacking(self, verb: MustNotReach, walk: OpenWalk, *, tried: bool) -> str:
        """What a gate that fits a walk needs; that none here does is only said where all were tried."""
        needs = "; ".join(self._needs(verb.unless_through, walk)) if verb.unless_through else ""
        return f"{'no gate here fits; one' if tried else 'a gate'} that does has: {needs or 'nothing more'}"

    def _on_the_way(self, verb: MustNotReach, walk: OpenWalk) -> list[int]:
        steps = walk.steps[-1:] if verb.last_hop else walk.steps
        return [gate for _, edge, node in steps for gate in self._world.gates_of(node, edge)]

    def _nearest(self, selector: Selector, walk: OpenWalk, gates: list[int]) -> Fix | None:
        """The mending of the first gate on the way that fits but for one thing.

        What a gate covers is what it was made to judge; widening that on paper mends nothing, so it is never proposed.
        """
        for gate in list(dict.fromkeys(gates))[:MOST_GATES]:
            reasons = self._blame.selector(selector, {"it": gate, "from": walk.subject, "to": walk.target})
            if len(reasons) == 1 and not reasons[0].asked.startswith(ALL_OF):
                reason = reasons[0]
                place = reason.location or self._world.graph.place(gate)
                lack = (
                    reason.text
                    if reason.missing or not reason.asked
                    else f"{reason.text}, and the policy asks for {reason.asked}"
                )
                text = f"mend {self._world.graph.reference(gate)}, which is on the way ({place.path}:{place.line})"
                return Fix(text, place, "", lack)
        return None

    def _needs(self, selector: Selector, walk: OpenWalk) -> list[str]:
        """The conditions of a selector, with the values of this walk filled in."""
        conditions = [item.where for item in selector.alternatives if item.where is not None]
        if selector.where is not None:
            conditions.append(selector.where)
        bound = {"from": walk.subject, "to": walk.target}

        def known(path: Expression) -> str | None:
            if not isinstance(path, Path) or path.start not in bound:
                return None
            value = self._blame.value(path, {path.start: bound[path.start]})
            text = shown(self._world.graph, value, path.type)
            return f"{path.text} ({text})" if value is None else text

        parts = (inner for condition in conditions for inner in _conjuncts(condition))
        return [condition_text(self._world.vocabulary, part, known) for part in parts]

    def _fitting(self, verb: MustNotReach, walks: list[OpenWalk]) -> frozenset[int] | None:
        """The gates that fit every one of these walks; None where there are too many to try."""
        masks = self._paths.masks
        found: list[frozenset[int]] = []
        for walk in {masks.key(verb, walk.subject, walk.target): walk for walk in walks}.values():
            fitting = masks.fitting(verb, walk.subject, walk.target)
            if fitting is None:
                return None
            found.append(fitting)
        return frozenset.intersection(*found)

    def for_reasons(self, policy: Policy, subject: int | None, reasons: tuple[Reason, ...]) -> Fix:
        """The policy's own remedy and, where fields of the subject are missing, what to write for them."""
        if subject is None:
            return Fix(policy.fix)
        reference = self._world.graph.reference(subject)
        prefix = f"{reference}."
        own = [reason.field.removeprefix(prefix) for reason in reasons if reason.missing and reason.field.startswith(prefix)]
        lines: dict[str, object] = {}
        for field in dict.fromkeys(own):
            path = field.split(".")
            spec = self._spec(reference.kind, path)
            if spec is not None:
                _put(lines, path, _example(spec))
        if not lines:
            return Fix(policy.fix)
        written = "\n".join(self._line(subject, key, value) for key, value in lines.items())
        return Fix(policy.fix, self._world.graph.place(subject), written)

    def _line(self, subject: int, key: str, value: object) -> str:
        """What to write for one field; a record that is there already is added to, not written again."""
        if isinstance(value, dict) and self._world.graph.value_place(subject, (key,)) is not None:
            return f"in {key}, add {_flow_text(value)[1:-1]}"
        return f"{key}: {_flow_text(value)}"

    def _spec(self, kind: str, path: list[str]) -> FieldSpec | None:
        fields = self._world.vocabulary.kinds[kind].fields
        spec: FieldSpec | None = None
        for name in path:
            spec = fields.get(name)
            fields = spec.record.fields if spec and spec.record else {}
        return spec


def _put(lines: dict[str, object], path: list[str], text: str) -> None:
    """Set a nested key."""
    held = lines
    for name in path[:-1]:
        inner = held.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        held = inner
    held.setdefault(path[-1], text)


def _flow_text(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow_text(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def _example(spec: FieldSpec) -> str:
    if spec.choice:
        value = " | ".join(spec.choice.words)
    elif spec.type == "reference":
        value = spec.to[0].upper()
    else:
        value = {"yes_no": "true | false", "date": "YYYY-MM-DD", "integer": "NUMBER", "number": "NUMBER"}.get(spec.type, "...")
    return f"[{value}]" if spec.many else value


def _conjuncts(condition: Expression) -> list[Expression]:
    return [inner for part in condition.parts for inner in _conjuncts(part)] if isinstance(condition, Both) else [condition]
