"""Whether a policy only became stricter: it judges the same subjects, requires at least as much, and is at least as severe."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass

from shipcheck.model.expression import Expression, Literal_
from shipcheck.model.policy import Must, Policy, Rung
from shipcheck.model.traverse import conjuncts


def is_stricter(before: Policy, now: Policy) -> bool:
    """Whether every finding of the policy before is one of the policy now, of at least the same severity."""
    return (
        bare(before.subject) == bare(now.subject)
        and _requires_more(before, now)
        and _is_as_severe(before.severity, now.severity)
        and not set(now.may_soften) - set(before.may_soften)
    )


def bare(value: object) -> object:
    """What an expression or a part of a policy says, without places and with its parameters by name."""
    if isinstance(value, Literal_) and value.parameter:
        return value.parameter
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if is_dataclass(value):
        return type(value).__name__, *(bare(getattr(value, field.name)) for field in fields(value) if field.compare)
    return value


def _requires_more(before: Policy, now: Policy) -> bool:
    if bare(before.verb) == bare(now.verb):
        return True
    if not isinstance(before.verb, Must) or not isinstance(now.verb, Must):
        return False
    return _parts(before.verb.condition) <= _parts(now.verb.condition)


def _parts(condition: Expression) -> set[object]:
    return {bare(part) for part in conjuncts(condition)}


def _is_as_severe(before: Sequence[Rung], now: Sequence[Rung]) -> bool:
    """Whether no finding is less severe: the least is as severe as the most was, or every step is still there, in its order.

    Steps in between only raise severities, because each is more severe than those below it.
    """
    if min(rung.severity for rung in now) >= max(rung.severity for rung in before):
        return True
    left = iter(now)
    return all(any(bare(one.when) == bare(rung.when) and one.severity >= rung.severity for one in left) for rung in before)
