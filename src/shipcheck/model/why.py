"""Why policies let one component reach another, or do not: values that every output of `shipcheck why` prints."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shipcheck.errors import ExitCode
from shipcheck.model.finding import Finding, GateVerdict, Hop, Reason
from shipcheck.model.location import Location, Texts
from shipcheck.model.problem import Problem
from shipcheck.model.report import Result, Verdict

# What a result rests on: paths past every qualifying gate; a required target that is not reached; qualifying gates on every path;
# no path; a required path; such a path to another component; a policy that does not apply to the two.
Because = Literal["open_walk", "missed", "gates", "no_walk", "met", "met_elsewhere", "left_out"]


@dataclass(frozen=True, slots=True)
class GatePlace:
    """One position of a gate: named on a hop, guarding the end of a hop, or itself on a path."""

    how: Literal["hop", "guard", "inner"]
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class PlacedGate:
    """A qualifying gate on the paths between two components, with its positions; `more_places` counts those not listed.

    `alone` says that without this gate a path is open even with every other gate. `path` is a shortest path that no other of the
    separating gates is on, `hops` its length, and `stop` the position in it, from 0, of the hop with this gate, whose place comes
    first. A path that is too long to show is empty. A gate that separation does not need has no path.
    """

    gate: str
    places: tuple[GatePlace, ...]
    more_places: int
    alone: bool = False
    path: tuple[Hop, ...] = ()
    stop: int = 0
    hops: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """Two components without a path: what the first reaches, nearest first, and what leads to the second in one hop.

    `reached_count` and `leading_count` are of all; only the first of them are listed.
    """

    reached: tuple[str, ...]
    reached_count: int
    leading: tuple[str, ...]
    leading_count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How one policy comes out for two components, and why.

    `paths` are open paths of a failure, one for each last hop, or the one path of a pass; `hops` is the length of the shortest,
    even if it is too long to show. `disqualified` are gates that do not qualify, on other open paths. `separating` are qualifying
    gates that separate the two together, none of which can be left out; if the search was not completed, `is_fewest` is false
    and there are none. `others` are the other qualifying gates on the paths. `more_paths`, `more_disqualified` and `more_others`
    count those that are not listed. `detail` says why paths to a target do not count, `reasons` what excludes a component, and
    `assumed` lists the fields whose absence includes one.
    """

    policy: str
    title: str
    result: Result
    because: Because
    text: str
    finding: Finding | None = None
    paths: tuple[tuple[Hop, ...], ...] = ()
    more_paths: int = 0
    hops: int = 0
    disqualified: tuple[GateVerdict, ...] = ()
    more_disqualified: int = 0
    separating: tuple[PlacedGate, ...] = ()
    others: tuple[PlacedGate, ...] = ()
    more_others: int = 0
    is_fewest: bool = True
    apart: Apart | None = None
    detail: str = ""
    reasons: tuple[Reason, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyReport:
    """Everything that `shipcheck why` prints; `packs`, `texts` and `settings_invalid` are as in the report of a check."""

    version: str
    start: str
    end: str
    as_of: date
    packs: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]
    texts: Texts
    settings_invalid: bool = False

    @property
    def verdict(self) -> Verdict:
        """Fail if any policy fails; incomplete if there are problems, or no policy applies to the two."""
        results = {answer.result for answer in self.answers}
        if self.problems or not results & {"pass", "fail"}:
            return "incomplete"
        return "fail" if "fail" in results else "pass"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the verdict."""
        if self.verdict == "incomplete":
            return ExitCode.of_problems(settings_invalid=self.settings_invalid)
        return ExitCode.FAIL if self.verdict == "fail" else ExitCode.PASS
