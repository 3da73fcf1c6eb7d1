"""The results of checking packs before they run, for reports."""

from dataclasses import dataclass
from typing import Literal

from shipcheck.english import listed
from shipcheck.errors import ExitCode
from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem

CostClass = Literal["linear", "values", "each"]
PackVerdict = Literal["pass", "fail", "incomplete"]


@dataclass(frozen=True, slots=True)
class Cost:
    """How the time that a policy takes grows with the graph.

    `linear` is one pass over the graph for all subjects; `values` one pass for each distinct value of what the policy reads, as
    `reads` names it; `each` one pass for each component that `reads` names by itself.
    """

    kind: CostClass
    reads: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The cost in words."""
        if self.kind == "linear":
            return "one pass over the graph"
        if self.kind == "values":
            return f"one pass for each distinct value of {listed(self.reads, 'and')}"
        ends = [{"from": "subject", "to": "target"}[name] for name in self.reads]
        return f"one pass for each {listed(ends, 'and')}"


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """One pack that compiles.

    `parameters` and `selectors` count them; `costs` has each policy by full name, with its cost.
    """

    name: str
    version: str
    parameters: int
    selectors: int
    costs: tuple[tuple[str, Cost], ...]


@dataclass(frozen=True, slots=True)
class PackCheck:
    """Problems in packs, and warnings.

    `settings_invalid` says that the settings are malformed; `strict` that a warning fails the check. `texts` are the files read.
    """

    version: str
    packs: tuple[CheckedPack, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    texts: Texts
    settings_invalid: bool
    strict: bool

    @property
    def verdict(self) -> PackVerdict:
        """Incomplete if a pack does not compile; fail if warnings count and there are some."""
        if self.problems:
            return "incomplete"
        return "fail" if self.strict and self.warnings else "pass"

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the verdict."""
        if self.verdict == "incomplete":
            return ExitCode.of_problems(settings_invalid=self.settings_invalid)
        return ExitCode.FAIL if self.verdict == "fail" else ExitCode.PASS
