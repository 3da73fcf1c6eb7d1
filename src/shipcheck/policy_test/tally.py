"""The results of a pack, assembled: each policy and named selector with its cases, clauses and mutants."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shipcheck.english import did_you_mean, listed
from shipcheck.model.location import Location
from shipcheck.model.policy_test import Case, Equivalent, Failure, Mutant, Seen, Tally, UnitResult


@dataclass(frozen=True, slots=True)
class Run:
    """All results of running one pack's tests; `survived` holds each mutant with whether it survived."""

    cases: Sequence[Case]
    failures: Sequence[Failure]
    clauses: Sequence[Seen]
    survived: Sequence[tuple[Mutant, bool]]
    equivalents: Sequence[Equivalent]


def units(places: Mapping[str, Location], run: Run) -> tuple[UnitResult, ...]:
    """One result for each policy and named selector, in the order of `places`, which gives their locations."""
    failures = [
        *run.failures,
        *(_uncovered(clause) for clause in run.clauses if clause.lacking),
        *_mutant_failures(run, places),
    ]
    return tuple(_unit(name, run, failures) for name in places)


def _unit(name: str, run: Run, failures: Iterable[Failure]) -> UnitResult:
    clauses = [clause for clause in run.clauses if clause.unit == name]
    mine = [(mutant, lived) for mutant, lived in run.survived if mutant.unit == name]
    accepted = {item.mutant for item in run.equivalents if item.policy == name}
    equal = sum(lived and mutant.name in accepted for mutant, lived in mine)
    return UnitResult(
        name=name,
        cases=tuple(case.name for case in run.cases if name in case.policies),
        clauses=Tally(len(clauses), sum(not clause.lacking for clause in clauses)),
        mutants=Tally(len(mine), sum(not lived for _, lived in mine)),
        equivalents=equal,
        failures=tuple(failure for failure in failures if failure.policy == name),
    )


def _uncovered(clause: Seen) -> Failure:
    message = f"no test makes {clause.role} `{clause.text}` {listed(clause.lacking)}"
    return Failure("clause", clause.unit, "", message, clause.location)


def _mutant_failures(run: Run, places: Mapping[str, Location]) -> list[Failure]:
    lived = {(mutant.unit, mutant.name): is_alive for mutant, is_alive in run.survived}
    accepted = {(item.policy, item.mutant) for item in run.equivalents}
    failures = [
        Failure("mutant", unit, "", f"no test kills the mutant: {name}", places[unit])
        for (unit, name), is_alive in lived.items()
        if is_alive and (unit, name) not in accepted and unit in places
    ]
    units_met = {unit for unit, _ in lived}
    stale = [_stale(item, lived, places) for item in run.equivalents if item.policy in units_met or item.policy not in places]
    return failures + [failure for failure in stale if failure is not None]


def _stale(item: Equivalent, lived: Mapping[tuple[str, str], bool], places: Collection[str]) -> Failure | None:
    """What is wrong with a mutant that is listed as equivalent: it is unknown, or the tests do kill it."""
    known = [name for unit, name in lived if unit == item.policy]
    unit = item.policy if item.policy in places else next(iter(places))
    if item.policy not in places:
        message = f"unknown policy or selector '{item.policy}'{did_you_mean(item.policy, places)}"
    elif item.mutant not in known:
        message = f"unknown mutant '{item.mutant}' of {item.policy}{did_you_mean(item.mutant, known)}; delete the entry"
    elif not lived[item.policy, item.mutant]:
        message = f"the mutant '{item.mutant}' is declared equivalent, but a test kills it; delete the entry"
    else:
        return None
    return Failure("equivalent", unit, "", message, item.location)
