"""AI components that were found in code, how each value of theirs is known, and what was not looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.model.location import Location
from shipcheck.model.problem import Problem

# How a value is known: it is in the code, a default of the code, comes from the environment or from a caller, or is not known.
CODE, DEFAULT, ENVIRONMENT, CALLER, UNKNOWN = "code", "default", "environment", "caller", "unknown"
# How sure it is that a component is what its detector says: `ambiguous` where the name could also be a module of the repository.
CERTAIN, LIKELY, AMBIGUOUS = "certain", "likely", "ambiguous"


class Known(NamedTuple):
    """One possible value of a field. `how` is one of the words above; `why` explains an unknown one; `when` is its condition."""

    value: str
    how: str
    why: str = ""
    when: str = ""
    place: Location | None = None


class ObservedField(NamedTuple):
    """A field with every value that the code may give it."""

    name: str
    values: tuple[Known, ...]


class ObservedLink(NamedTuple):
    """A link to what is found elsewhere, by its key; where that is unknown, `target` is empty and `known` says why."""

    link: str
    target: str
    known: Known


class Step(NamedTuple):
    """One call on the way from a tool's body to an effect."""

    name: str
    place: Location


class Effect(NamedTuple):
    """What a body does. `effect` is a word of the vocabulary; `chain` leads from the body to the call at `place`."""

    effect: str
    callable: str
    place: Location
    chain: tuple[Step, ...]
    detector: str


class GateCandidate(NamedTuple):
    """A possible gate on a tool as one agent calls it.

    `agent` and `action` are keys, empty where the code does not say. `kind_of` is human, automated, human_input, human_after or
    permission; `value` is true, false, conditional or unknown; `bypass` marks what takes a gate away.
    """

    name: str
    kind_of: str
    agent: str
    action: str
    value: Known
    bypass: bool
    place: Location
    detector: str


@dataclass(frozen=True, slots=True)
class Observed:
    """A component in code. Its identity is `key`, made of kind, file and symbol; name and detector are only shown.

    `effects` is None for a kind without a body; `unknown_effects` says why effects may be missing, each reason with its place.
    `aside` is True for tests, examples, documents and vendored code.
    """

    key: str
    kind: str
    name: str
    symbol: str
    place: Location
    detector: str
    confidence: str
    fields: tuple[ObservedField, ...] = ()
    links: tuple[ObservedLink, ...] = ()
    effects: tuple[Effect, ...] | None = None
    unknown_effects: tuple[Known, ...] = ()
    gates: tuple[GateCandidate, ...] = ()
    also: tuple[Location, ...] = ()
    aside: bool = False


class NotRead(NamedTuple):
    """The files that were not analysed for one reason: its word, as the setting `code` has it, and the text of reports."""

    reason: str
    detail: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every path of the repository, counted once.

    `parsed` files were analysed, completely or but for `broken` places; `skipped` hold nothing that a detector looks for;
    `unparsed` could not be read (why); `not_analysed` are of a language or form without a front end. `aside` counts components
    under tests, examples, documents and vendored folders, by folder. `unknown_frameworks` are imported AI frameworks that no
    detector knows, with a place each. `cut` are questions that were given up, by file. `of_these` are files that are counted
    above and worth a line of their own: generated and minified ones.
    """

    seen: int
    parsed: int
    skipped: int
    unparsed: tuple[NotRead, ...]
    not_analysed: tuple[NotRead, ...]
    broken: tuple[Location, ...]
    aside: tuple[tuple[str, int], ...]
    unknown_frameworks: tuple[tuple[str, Location], ...]
    cut: tuple[tuple[str, int], ...]
    of_these: tuple[NotRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """What discovery made of one line: what is found there and by which detector, or that nothing is, and why its file counts."""

    place: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found, and how much of the repository that covers."""

    components: tuple[Observed, ...]
    coverage: Coverage
    problems: tuple[Problem, ...]
    detectors: tuple[str, ...]
    frameworks: Mapping[str, str]
