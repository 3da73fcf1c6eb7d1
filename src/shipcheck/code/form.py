"""The intermediate form of source code: what every front end gives, and all that the resolver knows.

A form keeps evaluation order, the ways out of a block, and the points where it is suspended. It names no language: what a front
end does not know is an `Opaque` with its children, never left out. Values are frozen; only a `Block` is converted when it is
first read, since most functions of a repository are never asked about.
"""

from dataclasses import dataclass
from typing import TypeAlias

# ruff: noqa: PLC0414 - the whole form is imported from here
from shipcheck.code.blocks import Block as Block
from shipcheck.code.blocks import Opaque as Opaque
from shipcheck.code.blocks import Span as Span
from shipcheck.code.blocks import is_shallow as is_shallow
from shipcheck.code.module_form import Export as Export
from shipcheck.code.module_form import Form as Form
from shipcheck.code.module_form import Import as Import
from shipcheck.code.module_form import Imported as Imported
from shipcheck.code.module_form import Outer as Outer


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal. None is every word of no value, such as `null` and `undefined`."""

    value: str | bytes | int | float | complex | None
    span: Span


@dataclass(frozen=True, slots=True)
class Template:
    """A text with expressions in it; the texts between them are constants."""

    parts: tuple["Expression", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, read or assigned."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """`owner.name`."""

    owner: "Expression"
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    """`owner[key]`; also a subscripted type."""

    owner: "Expression"
    key: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call or a base of a class. `name` is empty for one by position; `spread` unpacks a list or a record."""

    value: "Expression"
    name: str
    spread: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `makes` where the language has a word for making an instance."""

    callee: "Expression"
    arguments: tuple[Argument, ...]
    makes: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Load:
    """A module as a value: a `require` or a dynamic import of a literal name."""

    module: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, tuple or set, by `kind`; its items may be `Spread`."""

    kind: str
    items: tuple["Expression", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Spread:
    """An unpacked value in a sequence, or the rest in a pattern."""

    value: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and value of a record; without a key, an unpacked record."""

    key: "Expression | None"
    value: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """A dict or an object literal; as a target, a pattern that takes it apart."""

    entries: tuple[Entry, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two values by a test."""

    test: "Expression"
    yes: "Expression"
    no: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Either:
    """`and`, `or`, or `??` between values, which are evaluated until one decides."""

    operator: str
    values: tuple["Expression", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a value."""

    value: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Compare:
    """A chain of comparisons: one operator less than operands. Operators are `== != < <= > >= is is-not in not-in`."""

    operators: tuple[str, ...]
    operands: tuple["Expression", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Operation:
    """Any other operator, unary with one operand."""

    operator: str
    operands: tuple["Expression", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Repeat:
    """One `for` of a comprehension, with its conditions; `suspends` where it waits for each item."""

    target: "Expression"
    source: "Expression"
    conditions: tuple["Expression", ...]
    suspends: bool = False


@dataclass(frozen=True, slots=True)
class Comprehension:
    """A list, set, dict or generator built by repeats. For a dict, `element` is an `Entry`."""

    kind: str
    element: "Expression | Entry"
    repeats: tuple[Repeat, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Await:
    """A point where the function is suspended until a value is there."""

    value: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Yield:
    """A point where the function hands out a value and is suspended; `all` hands out every one of another generator."""

    value: "Expression | None"
    all: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Bind:
    """An assignment inside an expression."""

    target: "Expression"
    operator: str
    value: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter. `kind`: receiver, plain, position (only by position), keyword (only by name), rest, options (rest by name).

    `target` is a pattern where the parameter is taken apart.
    """

    target: "Expression"
    kind: str
    default: "Expression | None"
    annotation: "Expression | None"
    span: Span


@dataclass(frozen=True, slots=True)
class Function:
    """A function, method or lambda. The receiver of a method is its first parameter.

    Its span begins at the word that defines it, behind decorators. An arrow function or lambda of one expression has a body of
    one `Leave`.
    """

    name: str
    parameters: tuple[Parameter, ...]
    body: Block
    decorators: tuple["Expression", ...]
    returns: "Expression | None"
    is_async: bool
    is_lambda: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Class:
    """A class; its fields are assignments and its methods definitions in its body. Interfaces and types are opaque."""

    name: str
    bases: tuple[Argument, ...]
    decorators: tuple["Expression", ...]
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Evaluate:
    """An expression for its effect."""

    value: "Expression"
    span: Span


@dataclass(frozen=True, slots=True)
class Assign:
    """Assignment or declaration. With an `operator`, such as `+`, the target is changed; without a value it is only declared."""

    targets: tuple["Expression", ...]
    operator: str
    value: "Expression | None"
    annotation: "Expression | None"
    span: Span


@dataclass(frozen=True, slots=True)
class Leave:
    """What ends a block: return, raise, break or continue. `source` is the cause of what is raised."""

    how: str
    value: "Expression | None"
    source: "Expression | None"
    span: Span


@dataclass(frozen=True, slots=True)
class Branch:
    """`if`: the test decides which block runs; an `elif` is a branch in `otherwise`."""

    test: "Expression"
    then: Block
    otherwise: Block | None
    span: Span


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop over `source` where there is a target, else while `source` holds. `first` where the body runs before the test."""

    target: "Expression | None"
    source: "Expression"
    body: Block
    otherwise: Block | None
    first: bool
    suspends: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Handler:
    """What is done when something is raised; without types, for everything."""

    types: "Expression | None"
    name: "Expression | None"
    body: Block
    span: Span


@dataclass(frozen=True, slots=True)
class Guard:
    """`try`."""

    body: Block
    handlers: tuple[Handler, ...]
    otherwise: Block | None
    at_end: Block | None
    span: Span


@dataclass(frozen=True, slots=True)
class Context:
    """One value that is entered and left, and the target that it is bound to."""

    value: "Expression"
    target: "Expression | None"


@dataclass(frozen=True, slots=True)
class Within:
    """`with`: contexts are entered in order, and left however the body is left."""

    contexts: tuple[Context, ...]
    body: Block
    suspends: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a `Match`; without a pattern, the default. `falls` where the next case follows if the body ends."""

    pattern: "Expression | None"
    condition: "Expression | None"
    body: Block
    falls: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """`match` or `switch`."""

    subject: "Expression"
    cases: tuple[Case, ...]
    span: Span


Expression: TypeAlias = (
    Constant
    | Template
    | Name
    | Member
    | Item
    | Call
    | Load
    | Sequence
    | Spread
    | Record
    | Choice
    | Either
    | Not
    | Compare
    | Operation
    | Comprehension
    | Await
    | Yield
    | Bind
    | Function
    | Class
    | Opaque
)
Statement: TypeAlias = (
    Evaluate | Assign | Leave | Branch | Loop | Guard | Within | Match | Function | Class | Import | Export | Outer | Opaque
)
