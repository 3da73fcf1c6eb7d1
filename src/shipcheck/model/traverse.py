"""The expressions in selectors and policies, and what they read."""

from collections.abc import Iterator

from shipcheck.model.expression import (
    Aggregate,
    Both,
    Either,
    Expression,
    ListLiteral,
    Matches,
    Path,
    Quantified,
    Selector,
)
from shipcheck.model.policy import EachLink, EachRemoved, Must, MustNotReach, MustReach, Policy


def conjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    """The parts that must all be true for a condition to be true."""
    if condition is None:
        return ()
    if isinstance(condition, Both):
        return tuple(part for inner in condition.parts for part in conjuncts(inner))
    return (condition,)


def paths_of(expression: Expression | None, start: str) -> tuple[Path, ...]:
    """The field paths in an expression that start at a name, once each; selectors that it names have their own names."""
    if expression is None:
        return ()
    return tuple(dict.fromkeys(part for part in expression.walk() if isinstance(part, Path) and part.start == start))


def aggregates_of(clause: Expression) -> Iterator[Aggregate]:
    """The outermost aggregates among the values that a clause compares; conditions inside them are separate clauses."""
    if isinstance(clause, Aggregate):
        yield clause
    elif not isinstance(clause, Both | Either | Quantified | ListLiteral):
        for part in clause.children():
            yield from aggregates_of(part)


def selector_conditions(selector: Selector) -> tuple[Expression, ...]:
    """The conditions that a selector itself states: those of its alternatives, then the narrowing one."""
    conditions = (*(item.where for item in selector.alternatives), selector.where)
    return tuple(condition for condition in conditions if condition is not None)


def first_conditions(selector: Selector) -> tuple[Expression, ...]:
    """The conditions of the first way to match a selector: those of its first alternative, then the narrowing one."""
    conditions = (selector.alternatives[0].where, selector.where)
    return tuple(condition for condition in conditions if condition is not None)


def policy_conditions(policy: Policy) -> Iterator[Expression]:
    """The conditions that a policy itself states: of its subject, its verb and its severity."""
    subject, verb = policy.subject, policy.verb
    conditions: list[Expression | None] = [rung.when for rung in policy.severity]
    selectors: list[Selector | None] = []
    if isinstance(subject, EachLink):
        conditions.append(subject.where)
    else:
        selectors.append(subject.selector)
    if isinstance(verb, Must):
        conditions.append(verb.condition)
    elif isinstance(verb, MustReach):
        selectors += (verb.target, verb.through)
    elif isinstance(verb, MustNotReach):
        selectors += (verb.target, verb.unless_through)
    yield from (condition for condition in conditions if condition is not None)
    for selector in selectors:
        yield from () if selector is None else selector_conditions(selector)


def expressions_of(value: Expression | Selector | None) -> Iterator[Expression]:
    """Every expression in a condition or a selector, including those of the selectors that it names, once each."""
    seen: set[Expression] = set()
    waiting = [*_roots(value)]
    while waiting:
        part = waiting.pop()
        if part not in seen:
            seen.add(part)
            yield part
            waiting.extend(part.children())
            waiting.extend(selector_conditions(part.selector) if isinstance(part, Matches) else ())


def _roots(value: Expression | Selector | None) -> tuple[Expression, ...]:
    if isinstance(value, Selector):
        return selector_conditions(value)
    return () if value is None else (value,)


def reads_base(policy: Policy) -> bool:
    """Whether a policy compares with the base revision and so needs one."""
    if isinstance(policy.subject, EachRemoved):
        return True
    read = (part for condition in policy_conditions(policy) for part in expressions_of(condition))
    return any(step.source == "base" for part in read if isinstance(part, Path) for step in part.steps)
