"""Reports in every state, from literals and from repositories: what the tests of the outputs start from."""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.support.worlds import policy_of

from shipcheck.app.check import CheckRequest, check
from shipcheck.causes.first_screen import with_screen
from shipcheck.model.finding import Finding, Fix, GateVerdict, Ground, Hop, Reason
from shipcheck.model.location import Location
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.problem import Problem
from shipcheck.model.report import Counts, Inputs, Judged, Place, PolicyResult, Report

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 22)
POLICY = "trial/the-rule"


def altered(report: Report, **values: Any) -> Report:
    """The report with other values in whichever of its records has them."""
    for name, value in values.items():
        if name in {"version", "as_of", "fail_on"}:
            report = replace(report, **{name: value})
        else:
            part = next(part for part in ("inputs", "judged", "place") if hasattr(getattr(report, part), name))
            report = replace(report, **{part: replace(getattr(report, part), **{name: value})})
    return with_screen(report)


def judged(folder: Path) -> Report:
    """The report of a repository, which is taken for the top."""
    return altered(check(CheckRequest(folder, DAY)), prefix="")


def place(path: str = "a/shipcheck.yaml", line: int = 3) -> Location:
    """Three characters on a line."""
    return Location("worktree", path, line, 5, line, 8)


def hop(source: str, target: str, text: str = "calls", path: str = "a/shipcheck.yaml") -> Hop:
    """A hop past a gate that does not count."""
    reason = Reason(f"decided_by is {text}", f"human {text}", f"gate:g.{text}", missing=False, location=place(path, 4))
    verdict = GateVerdict("gate:g", qualifies=False, location=place(path), reasons=(reason,))
    return Hop(source, "calls", target, f"{source} calls {target}", place(path), (verdict,))


def finding(subject: str = "agent:a", text: str = "text", path: str = "a/shipcheck.yaml", **changed: Any) -> Finding:
    """A finding with a walk of two hops; `text` stands in every sentence, and in no name."""
    made = Finding(
        policy=POLICY,
        subject=subject,
        target="action:c",
        severity=Severity.ERROR,
        doubt="",
        message=f"{text} cannot be",
        location=place(path),
        witness=(hop(subject, "agent:b", text, path), hop("agent:b", "action:c", text, path)),
        reasons=(),
        assumed=(),
        cause="",
        fix=Fix(f"write {text}", place(path, 5), f"label: {text}\nother: {text}", f"note {text}", 2),
        owner="team:t",
        owner_of="action:c",
        grounds=(Ground(f"because {text}", (hop("use_case:u", subject, text, path),)),),
        members=(),
    )
    return replace(made, **changed)


def policy(text: str = "text") -> Policy:
    """A policy with a text in each of its sentences."""
    made = policy_of("each: agent\nmust: owner is set")
    return replace(made, title=f"title {text}", why=f"why {text}", fix=f"fix {text}", controls=(f"control {text}",))


def report(*findings: Finding, problems: tuple[Problem, ...] = (), **changed: Any) -> Report:
    """A report of one policy with these findings."""
    result = PolicyResult(POLICY, "fail" if findings else "pass", 3, min(3, len(findings)), findings)
    made = Report(
        version="0.1.0",
        as_of=DAY,
        fail_on=Severity.ERROR,
        inputs=Inputs("worktree", (("trial", "1.0.0"),), Counts(1, 3, 2, 1), {}),
        judged=Judged((result,), problems, (policy(),)),
        place=Place("repository"),
    )
    return altered(made, **changed)


def long_walk(hops: int) -> Finding:
    """A finding whose walk has so many hops."""
    names = ["agent:a", *(f"agent:m{number}" for number in range(1, hops)), "action:c"]
    return finding(witness=tuple(hop(source, target) for source, target in pairwise(names)))


@cache
def states() -> dict[str, Report]:
    """A report in each state that an output has to say something else in."""
    golden = ROOT / "tests/golden"
    waived = finding(status="waived")
    return {
        "clean": judged(golden / "clean"),
        "failing": judged(ROOT / "examples/airline-customer-service"),
        "warnings": judged(golden / "passes-with-warnings"),
        "malformed": judged(golden / "many-problems"),
        "settings invalid": judged(golden / "settings-problem"),
        "absent": judged(golden / "nothing-to-declare"),
        "waived": report(waived, finding("agent:other")),
        "compared": report(
            finding(change="introduced"),
            finding("agent:other", change="unchanged"),
            revision="a" * 40,
            repository="https://example.com/org/name.git",
        ),
        "too many": report(*(finding(f"agent:a{number}") for number in range(5001))),
        "too long": report(long_walk(1001)),
    }
