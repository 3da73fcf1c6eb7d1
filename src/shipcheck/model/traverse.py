"""What an expression or a selector is made of."""

from collections.abc import Iterator

from shipcheck.model.expression import Alternative, Both, Expression, Path, Selector


def inside(value: object) -> Iterator[Expression]:
    """An expression and everything that it is made of, the selectors that it names included; what is shared comes once."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
        elif isinstance(part, Expression | Selector | Alternative) and id(part) not in seen:
            seen.add(id(part))
            waiting.extend(getattr(part, name) for name in part.__dataclass_fields__)
            if isinstance(part, Expression):
                yield part


def paths_from(value: object, start: str) -> tuple[Path, ...]:
    """Every path that starts at a name, in order of text."""
    found = {part for part in inside(value) if isinstance(part, Path) and part.start == start}
    return tuple(sorted(found, key=lambda path: path.text))


def conjuncts(condition: Expression | None) -> tuple[Expression, ...]:
    """The parts that are all to hold for a condition to hold."""
    if condition is None:
        return ()
    if isinstance(condition, Both):
        return tuple(part for inner in condition.parts for part in conjuncts(inner))
    return (condition,)
