"""Findings of several evaluations: merged, marked as introduced or unchanged, and those that are fixed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from shipcheck.model.change import Change
from shipcheck.model.finding import INTRODUCED, UNCHANGED, Finding, fingerprint_of
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Result

FIXED = "fixed"
_WORST: tuple[Result, ...] = ("fail", "pass", "not_applicable")


def unite(first: Sequence[PolicyResult], second: Sequence[PolicyResult]) -> tuple[PolicyResult, ...]:
    """Every finding of either evaluation, once; if both have it, the more severe one, or else that of the first."""
    others = {result.policy: result for result in second}
    united = [_united(result, others.pop(result.policy, None)) for result in first]
    return (*united, *others.values())


def _united(one: PolicyResult, other: PolicyResult | None) -> PolicyResult:
    if other is None or other == one:
        return one
    findings: dict[str, Finding] = {}
    for finding in (*one.findings, *other.findings):
        known = findings.setdefault(finding.fingerprint, finding)
        if finding.severity > known.severity:
            findings[finding.fingerprint] = finding
    subjects = len({finding.subject for finding in findings.values()})
    return PolicyResult(
        one.policy,
        min(one.result, other.result, key=_WORST.index),
        max(one.subjects, other.subjects),
        max(one.failed, other.failed, subjects if not one.unlisted and not other.unlisted else 0),
        tuple(findings.values()),
        max(one.unlisted, other.unlisted),
        max(one.highest_severity, other.highest_severity),
        tuple({finding.fingerprint: finding for finding in (*one.upstream, *other.upstream)}.values()),
    )


def mark(
    results: Iterable[PolicyResult], before: Sequence[PolicyResult], names: Mapping[str, Sequence[str]]
) -> tuple[PolicyResult, ...]:
    """The results with every finding marked; if the base has more findings than are listed, some cannot be marked.

    `names` gives the names in the head of components that the base calls otherwise.
    """
    known = {name for result in before for finding in result.findings for name in fingerprints(finding, names)}
    unsure = {result.policy for result in before if result.unlisted}
    return tuple(_marked(result, known, surely=result.policy not in unsure) for result in results)


def fingerprints(finding: Finding, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The fingerprint of a finding of the base, and those that it has under the names of its components in the head."""
    subjects = (finding.subject, *names.get(finding.subject, ()))
    targets = (finding.target, *names.get(finding.target or "", ()))
    return (fingerprint_of(finding.policy, subject, target) for subject, target in product(subjects, targets))


def severities(before: Iterable[PolicyResult], names: Mapping[str, Sequence[str]]) -> dict[str, Severity]:
    """The severity of each finding of the base, by its fingerprint, also under the names of its components in the head."""
    return {name: finding.severity for result in before for finding in result.findings for name in fingerprints(finding, names)}


def _marked(result: PolicyResult, known: set[str], *, surely: bool) -> PolicyResult:
    new = INTRODUCED if surely else None
    findings = (replace(finding, change=UNCHANGED if finding.fingerprint in known else new) for finding in result.findings)
    return replace(result, findings=tuple(findings))


def fixed(
    results: Iterable[PolicyResult], before: Iterable[PolicyResult], names: Mapping[str, Sequence[str]]
) -> tuple[Change, ...]:
    """The findings of the base that the head no longer has."""
    after: Mapping[str, PolicyResult] = {result.policy: result for result in results}
    changes = []
    for result in before:
        now = after.get(result.policy)
        if now is None or now.unlisted:
            continue
        left = {finding.fingerprint for finding in now.findings}
        changes += [_fixed(finding) for finding in result.findings if left.isdisjoint(fingerprints(finding, names))]
    return tuple(changes)


def _fixed(finding: Finding) -> Change:
    return Change(
        FIXED, finding.subject, finding.headline, finding.location, finding.policy, finding.severity, finding.fingerprint
    )
