"""Conditions that are constant: always true, or never true, for every manifest (P023)."""

from collections.abc import Iterator

from shipcheck.language.analysis.domains import Kinds
from shipcheck.language.analysis.possible import Effort, conditions_of, is_always, is_possible_condition
from shipcheck.language.syntax.keys import Keys
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.model.document import Node, Scalar, Sequence
from shipcheck.model.expression import Expression, Selector
from shipcheck.model.policy import EachComponent, EachLink, EachRemoved, Must, MustNotCycle, Policy, Subject
from shipcheck.model.problem import Problem
from shipcheck.model.traverse import conjuncts
from shipcheck.vocabulary.vocabulary import Vocabulary


class Conditions:
    """Examines the conditions of one policy or selector, whose names have these kinds."""

    def __init__(self, keys: Keys, vocabulary: Vocabulary, kinds: Kinds, effort: Effort) -> None:
        self._keys = keys
        self._effort = effort
        self._vocabulary = vocabulary
        self._kinds = kinds

    def always(
        self, node: Node | None, condition: Expression | None, so: str, given: tuple[Expression, ...] = ()
    ) -> Iterator[Problem]:
        """A warning for each part of `condition` that cannot be false where all of `given` are true.

        The warning is at `node`; `so` is the clause that ends its message.
        """
        for part in conjuncts(condition):
            if is_always(part, given, self._kinds, self._vocabulary, self._effort):
                because = " of these subjects" if not is_always(part, (), self._kinds, self._vocabulary, self._effort) else ""
                yield self._problem(node, part, f"'{_short(part)}' is always true{because}, {so}")

    def never(self, node: Node | None, condition: Expression, so: str) -> Iterator[Problem]:
        """A warning for a condition that cannot be true; it is at `node` and ends with the clause `so`."""
        if not is_possible_condition(condition, self._kinds, self._vocabulary, self._effort):
            yield self._problem(node, condition, f"'{_short(condition)}' is never true, {so}")

    def _problem(self, node: Node | None, part: Expression, message: str) -> Problem:
        """A warning at a part of a scalar, which is found by its text."""
        if not isinstance(node, Scalar):
            return Problem(self._keys.document.locate(node or self._keys.node), "P023", message)
        source = SourceText(self._keys.document, node)
        start = max(0, node.text.find(part.text))
        return source.problem("P023", message, start, start + len(part.text))


def doubtful_conditions(policy: Policy, keys: Keys, vocabulary: Vocabulary, effort: Effort) -> Iterator[Problem]:
    """Warnings about the conditions of a policy: of its subject, its verb and its severity.

    `keys` is where the policy is written; `effort` is shared by all policies of a pack.
    """
    subject, verb = policy.subject, policy.verb
    kinds, given = _kinds_of(subject, vocabulary), _given(subject)
    own = Conditions(keys, vocabulary, kinds, effort)
    key = "all" if keys.has("all") else "each"
    where = subject.where if isinstance(subject, EachLink) else subject.selector.where
    yield from own.always(keys.get(key), where, "so it excludes nothing")
    if isinstance(verb, Must):
        yield from own.always(keys.get("must"), verb.condition, "so it requires nothing", given)
    elif not isinstance(verb, MustNotCycle):
        kinds = {**kinds, "from": kinds.get("it", ()), "to": verb.target.kinds}
        for name in ("must_reach", "must_not_reach", "unless_through", "through"):
            selector: Selector | None = getattr(verb, _ATTRIBUTES[name], None)
            if selector is not None and keys.has(name):
                target = Conditions(keys, vocabulary, {**kinds, "it": selector.kinds}, effort)
                yield from target.always(keys.get(name), selector.where, "so it excludes nothing")
    yield from _of_ladder(policy, keys, Conditions(keys, vocabulary, kinds, effort))


_ATTRIBUTES = {"must_reach": "target", "must_not_reach": "target", "unless_through": "unless_through", "through": "through"}


def _of_ladder(policy: Policy, keys: Keys, conditions: Conditions) -> Iterator[Problem]:
    node = keys.get("severity")
    items = node.items if isinstance(node, Sequence) else (node,)
    for rung, item in zip(policy.severity, items, strict=False):
        if rung.when is not None:
            yield from conditions.never(item, rung.when, "so this step never applies")
            if len(conjuncts(rung.when)) == 1:
                yield from conditions.always(item, rung.when, "so the steps below never apply")


def _kinds_of(subject: Subject, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The kinds of the components that a subject's conditions can name."""
    if not isinstance(subject, EachLink):
        return {"it": subject.selector.kinds, "subject": subject.selector.kinds}
    owners = [kind for kind in vocabulary.kinds.values() if set(kind.links) & set(subject.links)]
    ends = {end for kind in owners for link in subject.links if link in kind.links for end in kind.links[link].to}
    return {"from": tuple(sorted(kind.name for kind in owners)), "to": tuple(sorted(ends))}


def _given(subject: Subject) -> tuple[Expression, ...]:
    if isinstance(subject, EachLink):
        return (subject.where,) if subject.where else ()
    return conditions_of(subject.selector) if isinstance(subject, EachComponent | EachRemoved) else ()


def _short(part: Expression) -> str:
    return " ".join(part.text.split())
