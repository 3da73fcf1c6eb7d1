"""Why policies let one component reach another, or do not: values that every output of `shipcheck why` prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.errors import ExitCode
from shipcheck.model.finding import Finding, GateVerdict, Hop, Reason
from shipcheck.model.location import Location
from shipcheck.model.problem import Problem
from shipcheck.model.report import Result, Verdict

# What a result rests on: walks past every fit gate; a target that is asked for and not reached; fit gates on every walk; no walk;
# a walk that is asked for; such a walk to another component; a policy that is not about the two.
Because = Literal["open_walk", "missed", "gates", "no_walk", "met", "met_elsewhere", "left_out"]


@dataclass(frozen=True, slots=True)
class Stand:
    """One place where a gate stands: named on a hop, guarding what a hop leads to, or itself what a walk leads through."""

    how: Literal["hop", "guard", "inner"]
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Standing:
    """A fit gate on the walks between two components, with its places; `more_stands` counts those beyond the ones listed.

    `alone` says that without this gate a walk is open though every other gate is there. `walk` is a shortest one that no other of
    the separating gates stops, `stop` the number of its hop at which this one does, and the first place is there. `hops`
    is how long it is; one that is too long to show is empty. A gate that the separating ones can do without has no walk.
    """

    gate: str
    stands: tuple[Stand, ...]
    more_stands: int
    alone: bool = False
    walk: tuple[Hop, ...] = ()
    stop: int = 0
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """Two components that no walk joins: what the first reaches, nearest first, and what leads straight to the second.

    The counts are of all; only the first of them are listed.
    """

    reached: tuple[str, ...]
    reached_count: int
    leading: tuple[str, ...]
    leading_count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How one policy comes out for two components, and why.

    `walks` are open walks of a failure, one for each last hop, or the one walk of a pass, and `hops` is how long the shortest
    is, also where that is too long to show. `unfit` are the gates that only other open walks meet. `separating` are gates that
    separate the two together and none of which they can do without; where these were not looked for to the end, `is_fewest`
    is false and there are none. `others` are fit gates on the walks besides. `detail` says what keeps the walks to a target that
    is asked for from counting, `reasons` what leaves a component out. `assumed` are fields whose absence took a component in.
    """

    policy: str
    title: str
    result: Result
    because: Because
    text: str
    finding: Finding | None = None
    walks: tuple[tuple[Hop, ...], ...] = ()
    more_walks: int = 0
    hops: int = 0
    unfit: tuple[GateVerdict, ...] = ()
    more_unfit: int = 0
    separating: tuple[Standing, ...] = ()
    others: tuple[Standing, ...] = ()
    more_others: int = 0
    is_fewest: bool = True
    apart: Apart | None = None
    detail: str = ""
    reasons: tuple[Reason, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyReport:
    """Everything that `shipcheck why` prints; `texts` and `misused` are as in the report of a check."""

    version: str
    start: str
    end: str
    as_of: date
    packs: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[tuple[str, str], bytes]
    misused: bool = False

    @property
    def verdict(self) -> Verdict:
        """That of a failing policy comes first; where there are problems, or no policy is about the two, nothing is judged."""
        results = {answer.result for answer in self.answers}
        if self.problems or not results & {"pass", "fail"}:
            return "incomplete"
        return "fail" if "fail" in results else "pass"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the verdict."""
        if self.verdict == "incomplete":
            return ExitCode.of_problems(misused=self.misused)
        return ExitCode.FAIL if self.verdict == "fail" else ExitCode.PASS
