"""The computed fix: the smallest change that clears findings, and what exists already that can be used for it."""

from collections.abc import Collection
from dataclasses import replace

from shipcheck.describe.conditions import condition_text
from shipcheck.evaluate.compiled_policy import CompiledPolicy, Prohibition
from shipcheck.evaluate.display import display_value
from shipcheck.evaluate.drafts import Draft, Drafts, mark
from shipcheck.evaluate.minimum_cut import GatePlaces
from shipcheck.evaluate.must_not_reach import OpenPath, OpenPathSearch
from shipcheck.evaluate.reasons import ReasonFinder
from shipcheck.graph.cuts import GatePlace
from shipcheck.graph.graph import Node
from shipcheck.model.expression import Expression, Matches, Path, Quantified, Selector
from shipcheck.model.finding import Fix, Reason
from shipcheck.model.location import Location
from shipcheck.model.policy import Must
from shipcheck.model.traverse import conjuncts, first_conditions
from shipcheck.vocabulary.vocabulary import FieldSpec

ALL_OF = "all of"
# Of the gates on a path, so many are checked for one that lacks a single thing.
MOST_GATES = 12
MOST_PLACES = 3


class FixFinder:
    """Finds the fixes for one policy's findings."""

    def __init__(self, compiled: CompiledPolicy, search: OpenPathSearch, reasons: ReasonFinder) -> None:
        self._compiled = compiled
        self._policy = compiled.policy
        self._view = compiled.view
        self._reasons = reasons
        self._places = GatePlaces(compiled.view, search)
        self._drafts = Drafts(compiled)

    def for_paths(self, prohibition: Prohibition, paths: list[OpenPath], *, is_whole: bool) -> list[Fix]:
        """One fix for each path: where these are all, a gate at one of the fewest places that close them; else one a target."""
        by_target: dict[Node, list[OpenPath]] = {}
        for path in paths:
            by_target.setdefault(path.target, []).append(path)
        fixes: dict[tuple[Node, Node], Fix] = {}
        places = self._places.fewest(prohibition, paths) if is_whole else {}
        for place, cleared in places.items():
            if cleared:
                fix = self._at_place(prohibition, place, cleared, self._together(places, place, len(paths)))
                fixes.update({(path.subject, path.target): fix for path in cleared})
        for target, same in by_target.items() if not places else ():
            for path, fix in zip(same, self._at_target(prohibition, target, same), strict=True):
                fixes[path.subject, path.target] = fix
        return [fixes[path.subject, path.target] for path in paths]

    def _at_place(self, prohibition: Prohibition, place: GatePlace, paths: list[OpenPath], together: str) -> Fix:
        """A gate at one of the fewest places that clear all findings of the policy."""
        graph = self._view.graph
        gates = self._qualifying(prohibition, paths)
        draft = None if gates else self._gate(prohibition, paths[0])
        name = graph.reference(min(gates)).short if gates else _name(draft)
        note = _exists(len(paths)) if gates else self._requirements(prohibition, paths[0], tried=gates is not None)
        where, called = self._spot(place)
        if place.guards:
            snippet = f"guarded_by: [{name}]"
            fix = Fix(f"guard {called} with a qualifying gate", where, snippet, f"{note}; {together}", len(paths))
            return self._with_others(prohibition, _drafted(fix, draft))
        edge = graph.edges[place.number]
        through = ", ".join([*(graph.reference(gate).short for gate in edge.gates), name])
        snippet = f"{edge.link}: [{{to: {graph.reference(edge.target).short}, through: [{through}]}}]"
        fix = Fix(f"put a qualifying gate on {called}", where, snippet, f"{note}; {together}", len(paths))
        return self._with_others(prohibition, _drafted(fix, draft))

    def _with_others(self, prohibition: Prohibition, fix: Fix) -> Fix:
        """The fix with the policy's own words also, where gates of several sorts would do: only one of them is drafted."""
        selector = prohibition.gates.selector
        several = selector is not None and len(selector.alternatives) > 1
        return replace(fix, otherwise=self._policy.fix) if several else fix

    def _gate(self, prohibition: Prohibition, path: OpenPath) -> Draft | None:
        """A gate that would qualify for a path, to be declared."""
        selector = prohibition.gates.selector
        wish = f"{self._view.graph.reference(path.target).name}-approval"
        return self._drafts.draft(selector, wish, {"from": path.subject, "to": path.target}) if selector is not None else None

    def _spot(self, place: GatePlace) -> tuple[Location, str]:
        """Where a place is, and how it is called."""
        graph = self._view.graph
        if place.guards:
            where, called = graph.place(place.number), str(graph.reference(place.number))
        else:
            edge = graph.edges[place.number]
            where = graph.edge_place(edge)
            called = f"{graph.reference(edge.source)} {edge.link} {graph.reference(edge.target)}"
        return where, f"{called} ({where.path}:{where.line})"

    def _together(self, places: Collection[GatePlace], place: GatePlace, findings: int) -> str:
        """What gates at all places clear, and where the other places are."""
        others = [self._spot(other)[1] for other in places if other != place]
        if not others:
            return f"1 gate here clears all {findings} findings of this policy"
        more = f" and {len(others) - MOST_PLACES} more" if len(others) > MOST_PLACES else ""
        return f"{len(places)} gates clear all {findings} findings of this policy: here, {', '.join(others[:MOST_PLACES])}{more}"

    def _at_target(self, prohibition: Prohibition, target: Node, paths: list[OpenPath]) -> list[Fix]:
        """One fix for each path to a target.

        A guard on the target closes them all, so an existing gate is named for it only if it qualifies for all. Failing that, a
        gate on the path that lacks one thing is fixed; failing that, the fix says what a qualifying gate needs.
        """
        graph = self._view.graph
        kind = self._view.vocabulary.kinds[graph.reference(target).kind]
        selector = prohibition.gates.selector
        if selector is None or "guarded_by" not in kind.links:
            return [Fix(self._policy.fix)] * len(paths)
        place, clears = graph.place(target), len(paths)
        text = f"guard {graph.reference(target)} ({place.path}:{place.line}) with a qualifying gate"
        gates = self._qualifying(prohibition, paths)
        if gates:
            snippet = f"guarded_by: [{graph.reference(min(gates)).short}]"
            return [Fix(text, place, snippet, _exists(clears), clears)] * clears
        note = self._requirements(prohibition, paths[0], tried=gates is not None)
        draft = self._gate(prohibition, paths[0])
        drafted = _drafted(Fix(text, place, f"guarded_by: [{_name(draft)}]", note, clears), draft)
        shared = self._with_others(prohibition, drafted)
        return [self._nearly_qualifying(selector, path, self._gates_on(prohibition, path)) or shared for path in paths]

    def _requirements(self, prohibition: Prohibition, path: OpenPath, *, tried: bool) -> str:
        """What a gate needs to qualify for a path; that no existing one does is only said where all were `tried`."""
        needs = "; ".join(self._conditions(prohibition.gates.selector, path)) if prohibition.gates.selector else ""
        return f"{'no existing gate qualifies; ' if tried else ''}a qualifying gate needs: {needs or 'nothing more'}"

    def _gates_on(self, prohibition: Prohibition, path: OpenPath) -> list[Node]:
        hops = path.hops[-1:] if prohibition.verb.last_hop else path.hops
        return [gate for _, edge, node in hops for gate in self._view.gates_of(node, edge)]

    def _nearly_qualifying(self, selector: Selector, path: OpenPath, gates: list[Node]) -> Fix | None:
        """The fix of the first gate on the path that would qualify but for one thing.

        What a gate covers is what it judges; declaring that it covers more changes nothing, so that is never proposed.
        """
        for gate in list(dict.fromkeys(gates))[:MOST_GATES]:
            reasons = self._reasons.of_selector(selector, {"it": gate, "from": path.subject, "to": path.target})
            if len(reasons) == 1 and not reasons[0].expected.startswith(ALL_OF):
                reason = reasons[0]
                place = reason.location or self._view.graph.place(gate)
                lack = reason.text if reason.missing or not reason.expected else f"{reason.text}; expected {reason.expected}"
                text = f"make {self._view.graph.reference(gate)} on this path qualify ({place.path}:{place.line})"
                return Fix(text, place, "", lack)
        return None

    def _conditions(self, selector: Selector, path: OpenPath) -> list[str]:
        """The conditions of a gate selector, with the values of this path's subject and target filled in."""
        bound = {"from": path.subject, "to": path.target}

        def known(part: Expression) -> str | None:
            if not isinstance(part, Path) or part.start not in bound:
                return None
            value = self._compiled.value(part, {part.start: bound[part.start]})
            text = display_value(self._view.graph, value, part.type)
            return f"{part.text} ({text})" if value is None else text

        parts = (part for condition in first_conditions(selector) for part in conjuncts(condition))
        return [condition_text(self._view.vocabulary, part, known) for part in parts]

    def _qualifying(self, prohibition: Prohibition, paths: list[OpenPath]) -> frozenset[Node] | None:
        """The gates that qualify for every one of these paths; None where there are too many to try."""
        gates = prohibition.gates
        sets: list[frozenset[Node]] = []
        for path in {gates.key(path.subject, path.target): path for path in paths}.values():
            qualifying = gates.qualifying(path.subject, path.target)
            if qualifying is None:
                return None
            sets.append(qualifying)
        return frozenset.intersection(*sets)

    def for_reasons(self, subject: Node | None, reasons: tuple[Reason, ...]) -> Fix:
        """The policy's own fix and, where fields of the subject are missing, what to write for them."""
        if subject is None:
            return Fix(self._policy.fix)
        reference = self._view.graph.reference(subject)
        prefix = f"{reference}."
        own = [reason.field.removeprefix(prefix) for reason in reasons if reason.missing and reason.field.startswith(prefix)]
        lines: dict[str, object] = {}
        for field in dict.fromkeys(own):
            names = field.split(".")
            spec = self._spec(reference.kind, names)
            if spec is not None and not spec.collected:
                _put(lines, names, mark(spec))
        if not lines:
            return self._member(subject) or Fix(self._policy.fix)
        snippet = "\n".join(self._line(subject, key, value) for key, value in lines.items())
        return Fix(self._policy.fix, self._view.graph.place(subject), snippet)

    def _member(self, subject: Node) -> Fix | None:
        """A component to add to a list of the subject, where the policy asks for one that matches a selector."""
        verb = self._policy.verb
        parts = self._compiled.parts(verb.condition) if isinstance(verb, Must) else ()
        for part in parts:
            asked = _asked_list(part)
            if asked and self._compiled.value(part, {"it": subject, "subject": subject, "from": subject}) is not True:
                return self._adding(subject, *asked)
        return None

    def _adding(self, subject: Node, link: str, wanted: Matches) -> Fix | None:
        graph, selector = self._view.graph, wanted.selector
        listed = graph.values[subject].get(link)
        names = [graph.reference(node).short for node in listed] if isinstance(listed, tuple) else []
        fitting = self._view.conditions.candidates(selector).nodes
        place = graph.place(subject)
        if fitting:
            name = graph.reference(min(fitting)).short
            return Fix(self._policy.fix, place, f"{link}: [{', '.join([*names, name])}]", _exists(1))
        draft = self._drafts.draft(selector, wanted.name.replace("_", "-"), {})
        if draft is None:
            return None
        snippet = f"{link}: [{', '.join([*names, draft.name])}]"
        return _drafted(Fix(self._policy.fix, place, snippet), draft)

    def _line(self, subject: Node, key: str, value: object) -> str:
        """What to write for one field; a record that is there already is added to, not written again."""
        if isinstance(value, dict) and self._view.graph.value_place(subject, (key,)) is not None:
            return f"in {key}, add {_flow_text(value)[1:-1]}"
        return f"{key}: {_flow_text(value)}"

    def _spec(self, kind: str, names: list[str]) -> FieldSpec | None:
        fields = self._view.vocabulary.kinds[kind].fields
        spec: FieldSpec | None = None
        for name in names:
            spec = fields.get(name)
            fields = spec.record.fields if spec and spec.record else {}
        return spec


def _exists(paths: int) -> str:
    return "it exists and qualifies" if paths == 1 else f"it exists and qualifies for all {paths}"


def _put(lines: dict[str, object], names: list[str], text: str) -> None:
    """Set a nested key."""
    record = lines
    for name in names[:-1]:
        inner = record.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        record = inner
    record.setdefault(names[-1], text)


def _flow_text(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow_text(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def _name(draft: Draft | None) -> str:
    return draft.name if draft is not None else "GATE"


def _drafted(fix: Fix, draft: Draft | None) -> Fix:
    return replace(fix, declare=draft.text, beyond=draft.beyond) if draft is not None else fix


def _asked_list(part: Expression) -> tuple[str, Matches] | None:
    """The list of a component that must have a member which matches a selector: its name, and the condition."""
    if not (isinstance(part, Quantified) and part.word == "some" and isinstance(part.condition, Matches)):
        return None
    items = part.items
    if isinstance(items, Path) and items.start == "it" and len(items.steps) == 1:
        return items.steps[0].name, part.condition
    return None
