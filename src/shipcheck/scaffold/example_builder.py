"""Drafts that should fail or pass a policy, built from the policy itself; the caller judges them."""

from collections.abc import Iterator
from datetime import date
from itertools import islice, product

from shipcheck.model.expression import Aggregate, Arithmetic, Expression, Given, Matches, Path, Present, Quantified, Selector
from shipcheck.model.policy import (
    EachComponent,
    EachLink,
    EachRemoved,
    Group,
    Must,
    MustNotCycle,
    MustNotReach,
    MustReach,
    Policy,
)
from shipcheck.model.types import YES_NO
from shipcheck.scaffold.draft import Draft, Holder
from shipcheck.scaffold.solver import ExampleSolver, Goal, Names
from shipcheck.vocabulary.vocabulary import Vocabulary

MOST_MEMBERS, MOST_TURNS = 6, 4


class Examples:
    """Proposes drafts for one policy; `unsolved` lists the parts that it cannot build."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary, today: date) -> None:
        self._policy = policy
        self._vocabulary = vocabulary
        self._solver = ExampleSolver(vocabulary, today)

    @property
    def unsolved(self) -> tuple[str, ...]:
        """The parts of the policy that it cannot build."""
        if isinstance(self._policy.subject, EachRemoved):
            return ("a component that is removed, which needs two revisions",)
        return tuple(self._solver.unsolved)

    def drafts(self, *, fails: bool) -> Iterator[Draft]:
        """Drafts that should fail the policy, or should pass it."""
        subject, verb = self._policy.subject, self._policy.verb
        if isinstance(subject, EachLink) and isinstance(verb, Must):
            yield from self._links(subject, verb, wanted=not fails)
        elif isinstance(subject, Group):
            yield from self._groups(subject, verb, fails=fails)
        elif isinstance(subject, EachComponent):
            for kind in subject.selector.kinds:
                empty, node = Draft().add(kind)
                for draft in self._solver.selector(empty, subject.selector, {}, node, wanted=True):
                    yield from self._components(draft, node, fails=fails)

    def _components(self, draft: Draft, node: Holder, *, fails: bool) -> Iterator[Draft]:
        verb = self._policy.verb
        names = {"it": node, "subject": node, "from": node}
        if isinstance(verb, Must):
            yield from self._solver.condition(draft, verb.condition, names, wanted=not fails)
        elif isinstance(verb, MustReach):
            yield from self._paths(draft, node, verb, fails=fails)
        elif isinstance(verb, MustNotReach):
            yield from self._open(draft, node, verb) if fails else self._closed(draft, node, verb)

    def _paths(self, draft: Draft, node: Holder, verb: MustReach, *, fails: bool) -> Iterator[Draft]:
        if fails:
            yield draft
            return
        for built, target in self._targets(draft, verb.target, node, wanted=True):
            if verb.through is None:
                yield from self._solver.links.chain(built, node, verb.along, target)
                continue
            for more, between in self._targets(built, verb.through, node, wanted=True):
                for first in self._solver.links.chain(more, node, verb.along, between):
                    yield from self._solver.links.chain(first, between, verb.along, target)

    def _open(self, draft: Draft, node: Holder, verb: MustNotReach) -> Iterator[Draft]:
        for built, target in self._targets(draft, verb.target, node, wanted=True):
            yield from self._solver.links.chain(built, node, verb.along, target)

    def _closed(self, draft: Draft, node: Holder, verb: MustNotReach) -> Iterator[Draft]:
        """There is a path: a qualifying gate is on it, or what it leads to is not a target."""
        for built, target in self._targets(draft, verb.target, node, wanted=True):
            for linked in self._solver.links.chain(built, node, verb.along, target):
                if verb.unless_through is not None:
                    yield from self._gated(linked, (node, target), verb.unless_through)
        for built, target in self._targets(draft, verb.target, node, wanted=False):
            yield from self._solver.links.chain(built, node, verb.along, target)

    def _gated(self, draft: Draft, ends: tuple[Holder, Holder], gates: Selector) -> Iterator[Draft]:
        start, target = ends
        guard = self._vocabulary.kinds[target.kind].links.get("guarded_by")
        for kind in gates.kinds:
            built, gate = draft.add(kind)
            guarded = self._solver.links.connect(built, target, "guarded_by", gate) if guard else built
            names: Names = {"from": start, "to": target}
            yield from self._solver.selector(guarded, gates, names, gate, wanted=True)

    def _targets(self, draft: Draft, selector: Selector, start: Holder, *, wanted: bool) -> Iterator[tuple[Draft, Holder]]:
        for kind in selector.kinds:
            there = [Holder(reference) for reference in draft.components if reference.startswith(f"{kind}:")]
            built, new = draft.add(kind)
            for candidate, target in ((built, new), *((draft, holder) for holder in there if holder != start)):
                for matched in self._solver.selector(candidate, selector, {"from": start}, target, wanted=wanted):
                    yield matched, target

    def _links(self, subject: EachLink, verb: Must, *, wanted: bool) -> Iterator[Draft]:
        for link in subject.links:
            for kind in self._vocabulary.kinds.values():
                for to in kind.links[link].to if link in kind.links else ():
                    first, start = Draft().add(kind.name)
                    second, end = first.add(to)
                    names: Names = {"from": start, "to": end}
                    goals: list[Goal] = [(subject.where, names, True)] if subject.where is not None else []
                    linked = self._solver.links.connect(second, start, link, end)
                    yield from self._solver.all(linked, [*goals, (verb.condition, names, wanted)])
                    if kind.links[link].through:
                        gated, gate = second.add("gate")
                        hop = gated.put(start, link, [{"to": end.name, "through": [gate.name]}])
                        more = {**names, "through": gate, "gates": gate}
                        yield from self._solver.all(hop, [*goals, (verb.condition, more, wanted)])

    def _groups(self, subject: Group, verb: object, *, fails: bool) -> Iterator[Draft]:
        """Groups of equal members: the result for a group depends on how many there are and what they share."""
        conditions = list(_member_conditions(verb.condition)) if isinstance(verb, Must) else []
        for wanted, kind, turn in product((True, False), subject.selector.kinds, range(MOST_TURNS)):
            draft, nodes = Draft(), list[Holder]()
            for _ in range(MOST_MEMBERS):
                built, node = draft.add(kind)
                goals: list[Goal] = [(condition, {"it": node}, wanted) for condition in conditions]
                # What is declared can count as more, so the first way to reach the goals may not.
                draft = next(islice(self._matching(built, subject.selector, node, goals), turn, None), built)
                nodes.append(node)
                yield self._cycle(draft, nodes, verb) if isinstance(verb, MustNotCycle) and fails else draft

    def _matching(self, draft: Draft, selector: Selector, node: Holder, goals: list[Goal]) -> Iterator[Draft]:
        for matched in self._solver.selector(draft, selector, {}, node, wanted=True):
            yield from self._solver.all(matched, goals)

    def _cycle(self, draft: Draft, nodes: list[Holder], verb: MustNotCycle) -> Draft:
        following = [*nodes[1:], nodes[0]]
        for node, after in zip(nodes, following, strict=True):
            for linked in self._solver.links.chain(draft, node, verb.along, after):
                draft = linked
                break
        return draft


def _member_conditions(part: Expression) -> Iterator[Expression]:
    """What aggregates over a group ask of each member: a condition, or that a value is there at all."""
    match part:
        case Aggregate(items=None) | Given() | Present() | Matches():
            for inner in part.children():
                yield from _as_conditions(inner)
        case Aggregate() | Quantified():
            return
        case _:
            for inner in part.children():
                yield from _member_conditions(inner)


def _as_conditions(part: Expression) -> Iterator[Expression]:
    if part.type.name == "yes_no":
        yield part
        return
    waiting = [part]
    for inner in waiting:
        if isinstance(inner, Path):
            yield Given(YES_NO, f"{inner.text} is set", inner)
        waiting.extend(inner.children() if isinstance(inner, Arithmetic) else ())
