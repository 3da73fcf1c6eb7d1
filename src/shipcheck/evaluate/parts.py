"""What an expression is made of."""

from collections.abc import Iterator

from shipcheck.model.expression import Expression, Path


def paths_of(expression: Expression | None, start: str) -> tuple[Path, ...]:
    """Every path in an expression that starts at a name."""
    found: dict[Path, None] = {}
    for part in parts(expression):
        if isinstance(part, Path) and part.start == start:
            found[part] = None
    return tuple(found)


def parts(value: object) -> Iterator[Expression]:
    """An expression and everything that it is made of."""
    if isinstance(value, Expression):
        yield value
        for name in value.__dataclass_fields__:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)
