"""The clauses of policies and named selectors, and the values that each of them can have at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from shipcheck.model.expression import (
    Both,
    Compare,
    Either,
    Expression,
    Given,
    Literal_,
    Matches,
    Not,
    Path,
    Present,
    Quantified,
    Selector,
)
from shipcheck.model.policy import EachLink, Group, Must, MustNotReach, MustReach, Pack, Policy
from shipcheck.model.policy_test import State
from shipcheck.model.traverse import aggregates_of
from shipcheck.model.types import Type, component, list_of
from shipcheck.policy_test.unknowns import Names, Unknowns
from shipcheck.vocabulary.vocabulary import Vocabulary

Known = frozenset[Path]
NOTHING: Known = frozenset()
ALL: frozenset[State] = frozenset({"true", "false", "unknown"})
DECIDED: frozenset[State] = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True)
class Clause:
    """One atomic condition: the key of the policy that it is under, the whole condition, itself, and its possible values."""

    role: str
    root: Expression
    clause: Expression
    possible: frozenset[State]


def selector_clauses(selector: Selector, vocabulary: Vocabulary) -> list[Clause]:
    """The clauses that a named selector itself adds."""
    kinds = component(*selector.kinds)
    return [*_Clauses("select", Unknowns(vocabulary)).of(selector.where, {"it": kinds}, NOTHING)]


def policy_clauses(policy: Policy, pack: Pack, vocabulary: Vocabulary) -> list[Clause]:
    """The clauses of a policy, without those of the named selectors that it uses."""
    named = frozenset(item.selector.where for item in pack.selectors if item.selector.where is not None)
    clauses = dict.fromkeys(_policy_clauses(policy, vocabulary))
    return [clause for clause in clauses if clause.root not in named or clause.role in {"must", "severity"}]


def _policy_clauses(policy: Policy, vocabulary: Vocabulary) -> Iterator[Clause]:
    unknowns = Unknowns(vocabulary)
    subject, verb = policy.subject, policy.verb
    if isinstance(subject, EachLink):
        names = _link_names(subject, vocabulary)
        yield from _Clauses("each", unknowns).of(subject.where, names, NOTHING)
        known = certain(subject.where, wanted=True)
    else:
        role = "all" if isinstance(subject, Group) else "each"
        kinds = component(*subject.selector.kinds)
        names = dict.fromkeys(("it", "subject", "from"), kinds)
        yield from _Clauses(role, unknowns).selector(subject.selector, {})
        known = certain(subject.selector.where, wanted=True)
    if isinstance(verb, Must):
        yield from _Clauses("must", unknowns).of(verb.condition, names, known)
    if isinstance(verb, MustReach | MustNotReach):
        yield from _path_clauses(verb, names, unknowns)
        names = {**names, "to": component(*verb.target.kinds)}
    for rung in policy.severity:
        yield from _Clauses("severity", unknowns).of(rung.when, names, known)
        known |= decided(rung.when, value=False)


def _path_clauses(verb: MustReach | MustNotReach, names: Names, unknowns: Unknowns) -> Iterator[Clause]:
    start = {"from": names["from"]}
    role = "must_reach" if isinstance(verb, MustReach) else "must_not_reach"
    yield from _Clauses(role, unknowns).selector(verb.target, start)
    if isinstance(verb, MustReach) and verb.through is not None:
        yield from _Clauses("through", unknowns).selector(verb.through, start)
    if isinstance(verb, MustNotReach) and verb.unless_through is not None:
        ends = {**start, "to": component(*verb.target.kinds)}
        yield from _Clauses("unless_through", unknowns).selector(verb.unless_through, ends)


def _link_names(subject: EachLink, vocabulary: Vocabulary) -> dict[str, Type]:
    gates = list_of(component("gate"))
    owners = [kind for kind in vocabulary.kinds.values() if set(subject.links) & set(kind.links)]
    sources = component(*(kind.name for kind in owners))
    targets = component(*(to for kind in owners for name in subject.links if name in kind.links for to in kind.links[name].to))
    return {"from": sources, "to": targets, "through": gates, "gates": gates}


class _Clauses:
    """Splits conditions into clauses, with what is known where each is evaluated."""

    def __init__(self, role: str, unknowns: Unknowns) -> None:
        self._role = role
        self._unknowns = unknowns

    def selector(self, selector: Selector, names: Names) -> Iterator[Clause]:
        for alternative in selector.alternatives:
            if alternative.where is not None and not isinstance(alternative.where, Matches):
                yield from self.of(alternative.where, {"it": component(*alternative.kinds)}, NOTHING)
        yield from self.of(selector.where, {**names, "it": component(*selector.kinds)}, NOTHING)

    def of(self, root: Expression | None, names: Names, known: Known) -> Iterator[Clause]:
        if root is not None:
            for clause, possible in self._parts(root, names, known):
                yield Clause(self._role, root, clause, possible)

    def _parts(self, part: Expression, names: Names, known: Known) -> Iterator[tuple[Expression, frozenset[State]]]:
        if isinstance(part, Not):
            yield from self._parts(part.part, names, known)
        elif isinstance(part, Both | Either):
            for inner in part.parts:
                yield from self._parts(inner, names, known)
                known |= certain(inner, wanted=isinstance(part, Both))
        elif not isinstance(part, Literal_):
            yield from self._inside(part, names, known)
            yield part, ALL if self._unknowns.possible(part, names, known) else DECIDED

    def _inside(self, part: Expression, names: Names, known: Known) -> Iterator[tuple[Expression, frozenset[State]]]:
        if isinstance(part, Quantified):
            item = part.items.type.item or part.items.type
            yield from self._parts(part.condition, {**names, part.name: item}, known)
        for aggregate in aggregates_of(part):
            if aggregate.part is not None and aggregate.part.type.name == "yes_no":
                item = (aggregate.items.type.item or aggregate.items.type) if aggregate.items else names["it"]
                yield from self._parts(aggregate.part, {**names, aggregate.name or "it": item}, known)


def certain(condition: Expression | None, *, wanted: bool) -> Known:
    """The field paths that have a value whenever the condition is not the opposite of what is wanted."""
    if isinstance(condition, Given | Present):
        return frozenset({condition.part}) if wanted and isinstance(condition.part, Path) else NOTHING
    if isinstance(condition, Not):
        return certain(condition.part, wanted=not wanted)
    if isinstance(condition, Both | Either) and isinstance(condition, Both) is wanted:
        return NOTHING.union(*(certain(part, wanted=wanted) for part in condition.parts))
    return NOTHING


def decided(condition: Expression | None, *, value: bool) -> Known:
    """The field paths that have a value whenever the condition certainly has this value."""
    if isinstance(condition, Not):
        return decided(condition.part, value=not value)
    if isinstance(condition, Both | Either):
        all_of = isinstance(condition, Both) is value
        return NOTHING.union(*(decided(part, value=value) for part in condition.parts)) if all_of else NOTHING
    if isinstance(condition, Compare):
        return frozenset(side for side in (condition.left, condition.right) if isinstance(side, Path))
    if isinstance(condition, Path):
        return frozenset({condition})
    return certain(condition, wanted=value)
