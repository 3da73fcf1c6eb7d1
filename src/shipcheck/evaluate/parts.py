"""What an expression is made of."""

from collections.abc import Iterator

from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.policy import EachRemoved, Policy


def paths_of(expression: Expression | None, start: str) -> tuple[Path, ...]:
    """Every path in an expression that starts at a name."""
    found: dict[Path, None] = {}
    for part in parts(expression):
        if isinstance(part, Path) and part.start == start:
            found[part] = None
    return tuple(found)


def reads_base(policy: Policy) -> bool:
    """Whether a policy compares with the base revision, so that it says nothing without one."""
    if isinstance(policy.subject, EachRemoved):
        return True
    rungs = tuple(rung.when for rung in policy.severity if rung.when is not None)
    read = parts((*_selected(policy.subject), *_selected(policy.verb), *rungs))
    return any(step.source == "base" for part in read if isinstance(part, Path) for step in part.steps)


def _selected(value: object) -> Iterator[Expression]:
    """The conditions of a subject or a verb, those of its selectors included."""
    for name in getattr(value, "__dataclass_fields__", ()):
        held = getattr(value, name)
        if isinstance(held, Expression):
            yield held
        elif isinstance(held, Selector):
            yield from (part for part in (held.where, *(item.where for item in held.alternatives)) if part is not None)


def parts(value: object) -> Iterator[Expression]:
    """An expression and everything that it is made of."""
    if isinstance(value, Expression):
        yield value
        for name in value.__dataclass_fields__:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)
