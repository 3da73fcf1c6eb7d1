"""Policies after type checking, and the plan that a run evaluates."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from shipcheck.model.control import Catalogue
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.location import Location
from shipcheck.model.pack_field import PackField
from shipcheck.model.softening import Softening


class Severity(IntEnum):
    """How severe a finding is; a greater number is more severe."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


Concern = Literal["change", "safety", "process"]
CONCERNS: tuple[Concern, ...] = ("change", "safety", "process")
SAFETY: Concern = "safety"
PROCESS: Concern = "process"
"""What a policy is about, in the order of reports: what a change weakens, what agents can do, how work is decided and owned."""

SEVERITIES = {str(severity): severity for severity in sorted(Severity, reverse=True)}


@dataclass(frozen=True, slots=True)
class EachComponent:
    """One check for each component that matches."""

    selector: Selector


@dataclass(frozen=True, slots=True)
class EachLink:
    """One check for each link of these names that matches."""

    links: tuple[str, ...]
    where: Expression | None
    text: str


@dataclass(frozen=True, slots=True)
class EachRemoved:
    """One check for each component that matches in the base and is not in the head."""

    selector: Selector


@dataclass(frozen=True, slots=True)
class Group:
    """One check for each group of matching components that share the values of `per`."""

    selector: Selector
    per: tuple[Path, ...]


Subject = EachComponent | EachLink | EachRemoved | Group


@dataclass(frozen=True, slots=True)
class Must:
    """The condition is true."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class MustReach:
    """Some path along these links, of at most `within` hops, reaches a match and has passed a match of `through` before.

    With `every_way` each path does: none ends, or enters a cycle that it cannot leave, without reaching a match.
    """

    target: Selector
    along: tuple[str, ...]
    through: Selector | None = None
    within: int | None = None
    every_way: bool = False


@dataclass(frozen=True, slots=True)
class MustNotReach:
    """No path along these links, of at most `within` hops, reaches a match unless it passes a qualifying gate.

    The gate may be anywhere on the path, or with `last_hop` only right before the match or on it.
    """

    target: Selector
    along: tuple[str, ...]
    unless_through: Selector | None
    last_hop: bool
    within: int | None = None


@dataclass(frozen=True, slots=True)
class MustNotCycle:
    """The members and the links `along` between them have no directed cycle; a link from a member to itself is one."""

    along: tuple[str, ...]


Verb = Must | MustReach | MustNotReach | MustNotCycle


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a severity ladder: this severity when the condition is not false. The last one has no condition."""

    severity: Severity
    when: Expression | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, percentage or count of days, by `type`, that settings may tighten in the direction `may` names.

    `value` is in effect, `default` is that of the pack; a percentage is a fraction of 1.

    `least` and `most` bound its value, if the pack sets bounds. `may_soften` says whether a pack that extends this one can loosen
    it. `origin` is where the value is written, None for the default.
    """

    name: str
    type: str
    value: float
    default: float
    may: str
    description: str
    location: Location
    least: float | None = None
    most: float | None = None
    may_soften: bool = False
    origin: Location | None = field(default=None, compare=False)

    @property
    def shown(self) -> str:
        """The value as a person writes it."""
        return show_parameter(self.type, self.value)


def show_parameter(type_name: str, value: float) -> str:
    """A parameter's value as a person writes it: `40%`, `183`."""
    number = value * 100 if type_name == "percent" else value
    text = f"{number:g}"
    return f"{text}%" if type_name == "percent" else text


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule. `message` alternates between literal text and expressions to print.

    `at_least` is what settings and packs raise it to, `at_most` what an extending pack lowers it to, each written at its origin;
    `may_soften` says what such a pack can loosen: `severity`, `drop`. `concern` decides where reports put its findings.
    """

    pack: str
    id: str
    title: str
    why: str
    fix: str
    controls: tuple[str, ...]
    subject: Subject
    verb: Verb
    severity: tuple[Rung, ...]
    at_least: Severity
    message: tuple[str | Expression, ...]
    parameters: tuple[str, ...]
    location: Location
    may_soften: tuple[str, ...] = ()
    at_most: Severity = Severity.ERROR
    origin: Location | None = field(default=None, compare=False)
    concern: Concern = SAFETY

    def weighed(self, severity: Severity) -> Severity:
        """A severity of the policy's own ladder, as others have raised or lowered it."""
        return min(max(severity, self.at_least), self.at_most)

    @property
    def name(self) -> str:
        """The full name, `pack/id`."""
        return f"{self.pack}/{self.id}"


@dataclass(frozen=True, slots=True)
class NamedSelector:
    """A named selector of a pack, with its place."""

    name: str
    selector: Selector
    location: Location


@dataclass(frozen=True, slots=True)
class Pack:
    """A versioned set of policies, with the parameters and selectors that they share, and its own catalogues and fields."""

    name: str
    version: str
    description: str
    parameters: tuple[Parameter, ...]
    policies: tuple[Policy, ...]
    selectors: tuple[NamedSelector, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    fields: tuple[PackField, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a run evaluates, typed and checked before any manifest is judged.

    `softened` is what packs loosen and is in effect; `expired` is what is past its date.
    """

    packs: tuple[Pack, ...]
    softened: tuple[Softening, ...] = ()
    expired: tuple[Softening, ...] = ()

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy, by pack name, in the order in which the pack's files declare them."""
        return tuple(policy for pack in sorted(self.packs, key=lambda pack: pack.name) for policy in pack.policies)
