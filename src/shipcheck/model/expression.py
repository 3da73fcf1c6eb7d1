"""Expressions of the policy language after type checking; equal trees mean the same, regardless of where they were written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, TypeVar, cast, dataclass_transform

from shipcheck.model.types import Type

Origin = Literal["value", "link", "inverse", "name", "base"]
Value = str | int | float | bool | date | timedelta


@dataclass(frozen=True, slots=True)
class Step:
    """One name of a field path after its start.

    `source` says where the value comes from: a value of the component or record, a link forwards, a link backwards, the
    component's own name, or the same component in the base revision. `type` is the type of the step's own value.
    """

    name: str
    source: Origin
    type: Type
    on_record: bool = False


C = TypeVar("C", bound=type)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def hashed_once(cls: C) -> C:
    """A frozen, slotted dataclass that computes its hash once: large trees, and each of their parts, are keys of tables."""
    decorated: Any = dataclass(frozen=True, slots=True)(cls)
    anew = decorated.__hash__

    def once(self: Any) -> int:
        if not self.hashed:
            object.__setattr__(self, "hashed", anew(self))
        value: int = self.hashed
        return value

    decorated.__hash__ = once
    return cast(C, decorated)


@hashed_once
class BaseExpression:
    """What all expressions have: a type, and the text they were written as, which is not compared.

    `hashed` keeps the hash once it is computed, 0 before.
    """

    type: Type
    text: str = field(compare=False)
    hashed: int = field(init=False, repr=False, compare=False, default=0)

    def children(self) -> "tuple[Expression, ...]":
        """The expressions that this one directly consists of, as written; the conditions of a selector it names are not."""
        return ()

    def walk(self) -> "Iterator[Expression]":
        """This expression and every expression in it, each before its children."""
        waiting = [cast("Expression", self)]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.children()))


@hashed_once
class Literal_(BaseExpression):  # noqa: N801 - `Literal` is typing's
    """A constant; `parameter` names the parameter that gave it."""

    value: Value
    parameter: str = ""


@hashed_once
class ComponentLiteral(BaseExpression):
    """A component named in the policy itself, such as "team:platform/payables"; `reference` is kind, namespace and name."""

    reference: tuple[str, str, str]


@hashed_once
class Path(BaseExpression):
    """A field path: fields, references and links from a bound name; a step through a list makes the value a list."""

    start: str
    steps: tuple[Step, ...]


@hashed_once
class Not(BaseExpression):
    """True where the part is false."""

    part: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """The part."""
        return (self.part,)


@hashed_once
class Both(BaseExpression):
    """True where every part is true."""

    parts: "tuple[Expression, ...]"

    def children(self) -> "tuple[Expression, ...]":
        """Every part."""
        return self.parts


@hashed_once
class Either(BaseExpression):
    """True where some part is true."""

    parts: "tuple[Expression, ...]"

    def children(self) -> "tuple[Expression, ...]":
        """Every part."""
        return self.parts


@hashed_once
class Compare(BaseExpression):
    """Two values compared; `rank` holds the words of an ordered choice, lowest first, if the order is theirs."""

    left: "Expression"
    operator: str
    right: "Expression"
    rank: tuple[str, ...] = ()

    def children(self) -> "tuple[Expression, ...]":
        """Both sides."""
        return (self.left, self.right)


@hashed_once
class Member(BaseExpression):
    """Whether a value is in a list."""

    left: "Expression"
    right: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """Both sides."""
        return (self.left, self.right)


@hashed_once
class Subset(BaseExpression):
    """Whether every element of a list is in another; the empty list is in every list."""

    left: "Expression"
    right: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """Both sides."""
        return (self.left, self.right)


@hashed_once
class ListLiteral(BaseExpression):
    """Constants in brackets."""

    items: "tuple[Expression, ...]"

    def children(self) -> "tuple[Expression, ...]":
        """The items."""
        return self.items


@hashed_once
class Given(BaseExpression):
    """`is set`, and by negation `is missing`: always true or false, never unknown."""

    part: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """The part."""
        return (self.part,)


@hashed_once
class Present(BaseExpression):
    """Whether a component is in the head revision: always true or false, never unknown."""

    part: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """The part."""
        return (self.part,)


@hashed_once
class Like(BaseExpression):
    """Whether text matches a pattern in which `*` matches any characters; the whole text is matched, case counts."""

    left: "Expression"
    pattern: str

    def children(self) -> "tuple[Expression, ...]":
        """The text that is compared with the pattern."""
        return (self.left,)


@hashed_once
class Matches(BaseExpression):
    """Whether a component matches a selector; `name` is what the policy calls it, a kind or a named selector."""

    part: "Expression"
    selector: "Selector"
    name: str = field(default="", compare=False)

    def children(self) -> "tuple[Expression, ...]":
        """The part."""
        return (self.part,)


@hashed_once
class Quantified(BaseExpression):
    """some, every or no element of a list satisfies a condition."""

    word: str
    name: str
    items: "Expression"
    condition: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """The list, then the condition."""
        return (self.items, self.condition)


@hashed_once
class Arithmetic(BaseExpression):
    """Two numbers, or dates and durations, added, subtracted, multiplied or divided."""

    left: "Expression"
    operator: str
    right: "Expression"

    def children(self) -> "tuple[Expression, ...]":
        """Both sides."""
        return (self.left, self.right)


@hashed_once
class Aggregate(BaseExpression):
    """One value from a list, or from the members of a group, for which `items` is None and `part` is evaluated for each.

    For a list, `count` counts the elements, bound to `name`, for which `part` is true; every other aggregate uses them as they
    are.
    """

    word: str
    items: "Expression | None"
    part: "Expression | None"
    name: str = ""

    def children(self) -> "tuple[Expression, ...]":
        """The list and the part, if present."""
        return tuple(part for part in (self.items, self.part) if part is not None)


# Closed, so that mypy lists each `match` that a new class must visit; CONTRIBUTING.md has the recipe.
Expression = (
    Literal_ | ComponentLiteral | Path | ListLiteral | Arithmetic | Aggregate
    | Not | Both | Either | Compare | Member | Subset | Given | Present | Like | Matches | Quantified
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alternative:
    """Components of these kinds that satisfy a condition, if any; `name` is the named selector that defines it."""

    kinds: tuple[str, ...]
    where: Expression | None
    name: str = field(default="", compare=False)


@hashed_once
class Selector:
    """Components that match some alternative and the condition `where`; `text` is as written, `hashed` as in expressions."""

    alternatives: tuple[Alternative, ...]
    where: Expression | None
    text: str = field(compare=False)
    hashed: int = field(init=False, repr=False, compare=False, default=0)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that can match."""
        return tuple(sorted({kind for alternative in self.alternatives for kind in alternative.kinds}))
