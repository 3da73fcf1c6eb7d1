"""Every mutant of a pack: its policies, and the named selectors that they use, with one small change."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from shipcheck.model.expression import Alternative, BaseExpression, Expression, Selector
from shipcheck.model.policy import (
    EachLink,
    Group,
    Must,
    MustNotCycle,
    MustNotReach,
    MustReach,
    Pack,
    Policy,
    Rung,
    Subject,
    Verb,
)
from shipcheck.model.policy_test import Mutant
from shipcheck.policy_test.coverage import SELECTOR
from shipcheck.policy_test.mutation_operators import variants

T = TypeVar("T")
Change = tuple[str, T]
MOST_MUTANTS = 20_000


def mutants(pack: Pack) -> Iterator[Mutant]:
    """The mutants of each policy, then those of each named selector, with names that are unique in their policy."""
    named = frozenset(item.selector.where for item in pack.selectors if item.selector.where is not None)
    # A message can name something that a mutant no longer has, and no test is about messages.
    pack = replace(pack, policies=tuple(replace(policy, message=()) for policy in pack.policies))
    own = _Own(named)
    for policy in pack.policies:
        changed = [*own.subject(policy), *own.verb(policy), *_ladder(policy)]
        yield from (Mutant(policy.id, name, (mutant,)) for name, mutant in _numbered(changed))
    for name, selector in ((item.name, item.selector) for item in pack.selectors):
        if selector.where is not None:
            changes: list[Change[Expression | None]] = [("drop where", None), *variants(selector.where)]
            users = [policy for policy in pack.policies if _exchanged(policy, selector.where, None) is not policy]
            for change, where in _numbered(changes):
                using = tuple(_changed(users, selector.where, where))
                if using:
                    yield Mutant(f"{SELECTOR} {name}", change, using)


def _numbered(changes: list[Change[T]]) -> Iterator[Change[T]]:
    """The changes with unique names: of several with the same name, the later ones are numbered."""
    met: Counter[str] = Counter()
    for name, change in changes:
        met[name] += 1
        yield (name if met[name] == 1 else f"{name}#{met[name]}"), change


def _changed(policies: Iterable[Policy], old: Expression, new: Expression | None) -> Iterator[Policy]:
    """Policies with another condition in the place of one that they contain."""
    for policy in policies:
        changed = _exchanged(policy, old, new)
        if changed != policy:
            yield changed


def _exchanged(value: Any, old: Expression, new: Expression | None) -> Any:
    """A value with each part that equals the old expression replaced; what has no such part stays the same object."""
    if isinstance(value, BaseExpression) and value == old:
        return new
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        items = tuple(_exchanged(item, old, new) for item in value)
        return items if any(after is not before for after, before in zip(items, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = _exchanged(before, old, new)
            if after is not before:
                changes[field.name] = after
        return replace(value, **changes) if changes else value
    return value


class _Own:
    """The changes of a policy's own conditions; those of named selectors are changed once for the whole pack."""

    def __init__(self, named: frozenset[Expression]) -> None:
        self._named = named

    def subject(self, policy: Policy) -> Iterator[Change[Policy]]:
        subject = policy.subject

        def put(changed: Subject) -> Policy:
            return replace(policy, subject=changed)

        if isinstance(subject, EachLink):
            if subject.where is not None:
                yield "each: drop where", put(replace(subject, where=None))
                yield from ((f"each: {name}", put(replace(subject, where=where))) for name, where in variants(subject.where))
            for name, links in _shorter(subject.links):
                yield f"each: drop {name}", put(replace(subject, links=links))
            return
        role = "all" if isinstance(subject, Group) else "each"
        for name, selector in self._selector(subject.selector):
            yield f"{role}: {name}", put(replace(subject, selector=selector))
        if isinstance(subject, Group):
            for number, path in enumerate(subject.per):
                rest = (*subject.per[:number], *subject.per[number + 1 :])
                yield f"per: drop {path.text}", put(replace(subject, per=rest))

    def verb(self, policy: Policy) -> Iterator[Change[Policy]]:
        for name, verb in self._verbs(policy.verb):
            yield name, replace(policy, verb=verb)

    def _verbs(self, verb: Verb) -> Iterator[Change[Verb]]:
        if isinstance(verb, Must):
            yield from ((f"must: {name}", replace(verb, condition=changed)) for name, changed in variants(verb.condition))
            return
        for name, links in _shorter(verb.along):
            yield f"along: drop {name}", replace(verb, along=links)
        if isinstance(verb, MustNotCycle):
            return
        role = "must_reach" if isinstance(verb, MustReach) else "must_not_reach"
        yield from ((f"{role}: {name}", replace(verb, target=changed)) for name, changed in self._selector(verb.target))
        if verb.within is not None:
            yield "drop within", replace(verb, within=None)
            yield "within: one more", replace(verb, within=verb.within + 1)
            yield "within: one less", replace(verb, within=verb.within - 1)
        if isinstance(verb, MustReach):
            yield from self._required_paths(verb)
        else:
            yield from self._gates(verb)

    def _required_paths(self, verb: MustReach) -> Iterator[Change[Verb]]:
        if verb.every_way:
            yield "drop every_way", replace(verb, every_way=False)
        if verb.through is not None:
            yield "drop through", replace(verb, through=None)
            yield from ((f"through: {name}", replace(verb, through=changed)) for name, changed in self._selector(verb.through))

    def _gates(self, verb: MustNotReach) -> Iterator[Change[Verb]]:
        gates = verb.unless_through
        if gates is None:
            return
        yield "drop unless_through", replace(verb, unless_through=None, last_hop=False)
        yield ("drop gate_on" if verb.last_hop else "gate_on: last_hop"), replace(verb, last_hop=not verb.last_hop)
        for name, changed in self._selector(gates):
            yield f"unless_through: {name}", replace(verb, unless_through=changed)

    def _selector(self, selector: Selector) -> Iterator[Change[Selector]]:
        """A selector without a condition, with one changed, or without one of its kinds."""
        if selector.where is not None and selector.where not in self._named:
            yield "drop where", replace(selector, where=None)
            yield from ((name, replace(selector, where=where)) for name, where in variants(selector.where))
        if len(selector.kinds) > 1:
            for kind in selector.kinds:
                yield f"drop {kind}", _without(selector, kind)


def _without(selector: Selector, kind: str) -> Selector:
    kept = [
        Alternative(tuple(name for name in item.kinds if name != kind), item.where)
        for item in selector.alternatives
        if set(item.kinds) - {kind}
    ]
    return replace(selector, alternatives=tuple(kept))


def _shorter(names: tuple[str, ...]) -> Iterator[Change[tuple[str, ...]]]:
    """A list of links without one of them; the last one stays, since a policy needs one."""
    if len(names) > 1:
        for number, name in enumerate(names):
            yield name, (*names[:number], *names[number + 1 :])


def _ladder(policy: Policy) -> Iterator[Change[Policy]]:
    rungs = policy.severity
    for number, (upper, lower) in enumerate(pairwise(rungs)):
        swapped = (Rung(lower.severity, upper.when), Rung(upper.severity, lower.when))
        both = f"{upper.severity} and {lower.severity}"
        yield f"severity: swap {both}", _with_rungs(policy, number, 2, swapped)
        yield f"severity: drop {upper.severity}", _with_rungs(policy, number, 1, ())
    for number, rung in enumerate(rungs):
        if rung.when is not None:
            for name, when in variants(rung.when):
                yield f"severity: {name}", _with_rungs(policy, number, 1, (Rung(rung.severity, when),))


def _with_rungs(policy: Policy, start: int, taken: int, rungs: tuple[Rung, ...]) -> Policy:
    return replace(policy, severity=(*policy.severity[:start], *rungs, *policy.severity[start + taken :]))
