"""The results of policy tests as JSON."""

from collections.abc import Iterable
from typing import Any

from shipcheck.model.location import Location
from shipcheck.model.policy_test import Failure, PackResult, UnitResult
from shipcheck.report.encode import as_json
from shipcheck.report.style import PLAIN, Style

VERSION = 1


def render(results: Iterable[PackResult], _style: Style = PLAIN) -> str:
    """Everything that the text says, and every failure."""
    packs = [_pack(result) for result in results]
    verdict = "incomplete" if any(pack["problems"] for pack in packs) or not packs else _verdict(packs)
    return as_json({"trials": VERSION, "verdict": verdict, "packs": packs})


def _verdict(packs: list[dict[str, Any]]) -> str:
    return "fail" if any(unit["failures"] for pack in packs for unit in pack["units"]) else "pass"


def _pack(result: PackResult) -> dict[str, Any]:
    return {
        "pack": result.pack,
        "version": result.version,
        "cases": result.cases,
        "covered": result.covered,
        "mutated": result.mutated,
        "units": [_unit(unit) for unit in result.units],
        "problems": [
            {"code": problem.code, "message": problem.message, "location": _location(problem.location)}
            for problem in result.problems
        ],
    }


def _unit(unit: UnitResult) -> dict[str, Any]:
    return {
        "name": unit.name,
        "cases": list(unit.cases),
        "clauses": {"total": unit.clauses.total, "covered": unit.clauses.good},
        "mutants": {"total": unit.mutants.total, "killed": unit.mutants.good, "equivalent": unit.equivalents},
        "failures": [_failure(failure) for failure in unit.failures],
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "kind": failure.kind,
        "case": failure.case or None,
        "message": failure.message,
        "location": _location(failure.location),
        "expected": list(failure.expected),
        "found": list(failure.actual),
    }


def _location(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}
