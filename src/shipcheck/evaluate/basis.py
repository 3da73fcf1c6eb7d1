"""What a policy that passed rests on: what was found in the repository, or what manifests say.

It is judged twice more, by a stricter form of it in which a component by which it passes counts only if it was found: a gate on a
path, a target that is reached, a sink that a condition accepts. It rests on what was found if it still passes with the facts that
are certain, and if each of its subjects fails without any fact. In doubt it rests on what manifests say.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date
from functools import cached_property
from typing import Any, assert_never

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.evaluate.failures import Judgement
from shipcheck.evaluate.found import IS_FOUND, with_certain_facts, without_facts
from shipcheck.evaluate.meter import SpentError
from shipcheck.graph.graph import Graph
from shipcheck.model.change import Rule
from shipcheck.model.expression import Both, Expression, Path, Selector, Step
from shipcheck.model.policy import Must, MustNotCycle, MustNotReach, MustReach, Policy, Verb
from shipcheck.model.traverse import expressions_of, policy_conditions, reads_base
from shipcheck.model.types import YES_NO
from shipcheck.vocabulary.vocabulary import Vocabulary

_FOUND = Path(YES_NO, IS_FOUND, "it", (Step(IS_FOUND, "value", YES_NO),))


def observed(
    policies: Iterable[Policy | Rule], graphs: Iterable[Graph], vocabulary: Vocabulary, today: date
) -> Callable[[str], bool]:
    """Whether a policy that passed rests on what was found, by its name; a rule of the tool compares what manifests say.

    Of several policies with that name each has to, over every graph that was judged.
    """
    bases = [_Basis(graph, vocabulary, today) for graph in graphs]
    versions: dict[str, dict[Policy | Rule, None]] = {}
    for policy in policies:
        versions.setdefault(policy.name, {})[policy] = None

    def is_observed(name: str) -> bool:
        return bool(bases) and all(
            isinstance(policy, Policy) and basis.is_observed(policy) for basis in bases for policy in versions[name]
        )

    return is_observed


class _Basis:
    """What policies that passed rest on, for one graph and one date."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self._today = today

    @cached_property
    def _certain(self) -> Evaluator:
        return Evaluator(with_certain_facts(self._graph, self._vocabulary), self._vocabulary, self._today)

    @cached_property
    def _bare(self) -> Evaluator:
        return Evaluator(without_facts(self._graph, self._vocabulary), self._vocabulary, self._today)

    def is_observed(self, policy: Policy) -> bool:
        """Whether a policy that passed rests on what was found, for each of its subjects.

        What it compares with the base are the words of manifests. One that is too much work to judge again is not observed.
        """
        strict = replace(policy, verb=_counting_found(policy.verb))
        if reads_base(policy) or (strict.verb == policy.verb and not self._reads_facts(policy)):
            return False
        try:
            certain, bare = _judged(strict, self._certain), _judged(strict, self._bare)
        except SpentError:
            return False
        return not certain.failed and bare.failed == bare.subjects >= certain.subjects > 0

    def _reads_facts(self, policy: Policy) -> bool:
        read = (part for condition in policy_conditions(policy) for part in expressions_of(condition))
        facts = self._vocabulary.facts
        return any(step.name in facts for part in read if isinstance(part, Path) for step in part.steps)


def _judged(policy: Policy, evaluator: Evaluator) -> Judgement:
    evaluator.view.meter.reset()
    return evaluator.judge.judge(evaluator.compiler.compile(policy))


def _counting_found(verb: Verb) -> Verb:
    """The stricter form of a verb, in which only components that were found count for it."""
    match verb:
        case Must():
            return Must(_stricter(verb.condition))
        case MustReach():
            through = None if verb.through is None else _found(verb.through)
            return replace(verb, target=_found(verb.target), through=through)
        case MustNotReach():
            gates = None if verb.unless_through is None else _found(verb.unless_through)
            return replace(verb, target=_within(verb.target), unless_through=gates)
        case MustNotCycle():
            return verb
        case _:
            assert_never(verb)


def _found(selector: Selector) -> Selector:
    """The selector, which is unknown instead of true for a component that was not found."""
    inner = _within(selector)
    where = _FOUND if inner.where is None else Both(YES_NO, inner.text, (inner.where, _FOUND))
    return replace(inner, where=where)


def _within(selector: Selector) -> Selector:
    """The selector with stricter conditions."""
    alternatives = tuple(replace(item, where=_stricter_part(item.where)) for item in selector.alternatives)
    return replace(selector, alternatives=alternatives, where=_stricter_part(selector.where))


def _stricter(expression: Expression) -> Expression:
    """The expression, in which every `is SELECTOR` is unknown instead of true for a component that was not found."""
    changed = {field.name: _stricter_part(getattr(expression, field.name)) for field in fields(expression) if field.init}
    return replace(expression, **changed)


def _stricter_part(part: Any) -> Any:
    if isinstance(part, Selector):
        return _found(part)
    if isinstance(part, tuple):
        return tuple(_stricter_part(item) for item in part)
    return _stricter(part) if isinstance(part, Expression) else part
