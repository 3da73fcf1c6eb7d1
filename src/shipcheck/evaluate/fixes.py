"""The computed fix: the smallest change that clears findings, and what exists already that can be used for it."""

from shipcheck.evaluate.blame import Blame
from shipcheck.evaluate.parts import paths_of
from shipcheck.evaluate.paths import OpenWalk, PathSearch
from shipcheck.evaluate.shown import aloud, shown
from shipcheck.evaluate.world import World
from shipcheck.model.expression import Both, Expression, Selector
from shipcheck.model.finding import Fix, Reason
from shipcheck.model.policy import MustNotReach, Policy
from shipcheck.vocabulary.types import FieldSpec

ALL_OF = "all of"


class Fixes:
    """Computes fixes over one world."""

    def __init__(self, world: World, search: PathSearch, blame: Blame) -> None:
        self._world = world
        self._search = search
        self._blame = blame

    def for_walks(self, policy: Policy, verb: MustNotReach, target: int, walks: list[OpenWalk]) -> list[Fix]:
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
        gates = self._fitting(verb, target, walks)
        if gates:
            note = "it exists and fits" if clears == 1 else f"it exists and fits all {clears}"
            return [Fix(text, place, f"guarded_by: [{graph.reference(min(gates)).short}]", note, clears)] * clears
        needs = "; ".join(self._needs(selector, walks[0])) or "nothing more"
        shared = Fix(text, place, "guarded_by: [...]", f"no gate here fits; one that does has: {needs}", clears)
        return [self._nearest(selector, walk, self._on_the_way(verb, walk)) or shared for walk in walks]

    def _on_the_way(self, verb: MustNotReach, walk: OpenWalk) -> list[int]:
        steps = walk.steps[-1:] if verb.last_hop else walk.steps
        return [gate for _, edge, node in steps for gate in self._world.gates_of(node, edge)]

    def _nearest(self, selector: Selector, walk: OpenWalk, gates: list[int]) -> Fix | None:
        """The mending of the first gate on the way that fits but for one thing.

        What a gate covers is what it was made to judge; widening that on paper mends nothing, so it is never proposed.
        """
        for gate in dict.fromkeys(gates):
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
        texts = []
        for part in (inner for condition in conditions for inner in _conjuncts(condition)):
            text = " ".join(part.text.split())
            for path in (*paths_of(part, "from"), *paths_of(part, "to")):
                value = self._blame.value(path, {path.start: bound[path.start]})
                if value is not None:
                    text = text.replace(path.text, shown(self._world.graph, value, path.type))
            texts.append(aloud(text))
        return texts

    def _fitting(self, verb: MustNotReach, target: int, walks: list[OpenWalk]) -> frozenset[int]:
        """The gates that fit every walk to the target."""
        kinds = verb.unless_through.kinds if verb.unless_through else ()
        tests = {self._search.fit(verb, walk.subject, target) for walk in walks}
        return frozenset(gate for gate in self._world.graph.nodes(kinds) if all(fits(gate) for fits in tests))

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
