"""Compares what a case expects with what was found."""

from collections.abc import Sequence
from dataclasses import fields

from shipcheck.model.finding import Finding
from shipcheck.model.policy_test import Case, Expected, Failure
from shipcheck.model.report import PolicyResult

# What a finding has that is only stated; everything else that a case can expect, also what is added later, needs an explanation.
_STATED = frozenset({"policy", "location", "on", "to", "severity"})


def as_expected(case: Case, policy: str, result: PolicyResult) -> bool:
    """Whether one policy has the expected result; the cheap check that mutants use."""
    wanted = _of(case.expected, policy)
    if result.result != _result_word(case, wanted) or result.unlisted:
        return False
    missing, surplus = _differences(wanted, [*result.findings])
    return not missing and not surplus and not _closed_gaps(case, policy, result)


def needs_explanations(case: Case, policy: str) -> bool:
    """Whether what a case expects of a policy is also about what only an explained finding has."""
    expected = (*_of(case.expected, policy), *_of(case.gaps, policy))
    more = [field.name for field in fields(Expected) if field.name not in _STATED]
    return any(getattr(item, name) is not None for item in expected for name in more)


def failures(case: Case, policy: str, result: PolicyResult) -> list[Failure]:
    """Every difference between the result of one policy and the case."""
    if as_expected(case, policy, result):
        return []
    differences: list[Failure] = []
    closed = _closed_gaps(case, policy, result)
    differences.extend(
        Failure("case", policy, case.name, "a known gap is closed; write expect instead of todo", gap.location)
        for gap, _ in closed
    )
    known = [finding for _, finding in closed]
    wanted = _of(case.expected, policy)
    missing, surplus = _differences(wanted, [finding for finding in result.findings if finding not in known])
    if missing or surplus:
        differences.append(_difference(case, policy, missing, surplus))
    if not differences:
        differences.append(_other_result(case, policy, result, wanted))
    return differences


def _difference(case: Case, policy: str, missing: list[Expected], surplus: list[Finding]) -> Failure:
    place = missing[0].location if missing else case.location
    problem = "lacks an expected finding" if missing else "has an unexpected finding"
    return Failure(
        "case",
        policy,
        case.name,
        f"{policy} {problem}",
        place,
        tuple(map(str, missing)),
        tuple(_shown(case, item) for item in surplus),
    )


def _other_result(case: Case, policy: str, result: PolicyResult, wanted: list[Expected]) -> Failure:
    words = {"pass": "passes", "fail": "fails", "not_applicable": "has nothing to judge"}
    expected = words[_result_word(case, wanted)]
    message = f"{policy} {words[result.result]}, but the case expects that it {expected}"
    return Failure("case", policy, case.name, message, case.location)


def _result_word(case: Case, wanted: Sequence[Expected]) -> str:
    if not case.applies:
        return "not_applicable"
    return "fail" if wanted else "pass"


def _of(expected: Sequence[Expected], policy: str) -> list[Expected]:
    return [item for item in expected if item.policy == policy]


def _closed_gaps(case: Case, policy: str, result: PolicyResult) -> list[tuple[Expected, Finding]]:
    gaps = _of(case.gaps, policy)
    return [(gap, finding) for gap in gaps for finding in result.findings if _matches(gap, finding)]


def _differences(wanted: list[Expected], findings: list[Finding]) -> tuple[list[Expected], list[Finding]]:
    """The expectations that no finding meets, and the findings that no expectation covers; one finding meets one.

    The most specific expectations choose first, so that a loose one does not take the finding of another.
    """
    left = list(findings)
    missing = []
    for item in sorted(wanted, key=_looseness):
        met = next((finding for finding in left if _matches(item, finding)), None)
        if met is None:
            missing.append(item)
        else:
            left.remove(met)
    return missing, left


def _looseness(item: Expected) -> int:
    given = (item.on, item.to, item.severity, item.hops, item.path, item.assumed, item.line)
    return sum(value is None for value in given)


def _matches(item: Expected, finding: Finding) -> bool:
    pairs = (
        (item.on, finding.subject),
        (item.to, finding.target),
        (item.severity, finding.severity),
        (item.hops, len(finding.witness)),
        (item.path, _path(finding)),
        (sorted(item.assumed) if item.assumed is not None else None, sorted(finding.assumed)),
        (item.line, (finding.location.path, finding.location.line)),
    )
    return all(wanted is None or wanted == actual for wanted, actual in pairs)


def _path(finding: Finding) -> tuple[str, ...]:
    return (finding.witness[0].source, *(hop.target for hop in finding.witness)) if finding.witness else ()


def _shown(case: Case, finding: Finding) -> str:
    """A finding as a line; an edited fixture is written again, so its lines are not in a file."""
    parts = [finding.subject, f"to {finding.target}" if finding.target else "", str(finding.severity)]
    parts.append(f"by {' > '.join(_path(finding))}" if finding.witness else "")
    parts.append(f"assumed {', '.join(finding.assumed)}" if finding.assumed else "")
    parts.append("" if case.edits else f"at {finding.location.path}:{finding.location.line}")
    return " ".join([finding.policy.rpartition("/")[2], ", ".join(part for part in parts if part)])
