"""Findings of several evaluations: marked as introduced, announced or unchanged, merged, and those that are fixed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from shipcheck.model.change import Change
from shipcheck.model.finding import ANNOUNCED, INTRODUCED, UNCHANGED, Finding, Hop, Reason, fingerprint_of
from shipcheck.model.finding import Change as Mark
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Result

FIXED = "fixed"
_WORST: tuple[Result, ...] = ("fail", "pass", "not_applicable")
_GRAVEST: tuple[Mark | None, ...] = (INTRODUCED, None, ANNOUNCED, UNCHANGED)


def unite(first: Sequence[PolicyResult], second: Sequence[PolicyResult]) -> tuple[PolicyResult, ...]:
    """Every finding of either evaluation, once; if both have it, the more severe one, or else that of the first.

    It is introduced if either says so.
    """
    others = {result.policy: result for result in second}
    united = [_united(result, others.pop(result.policy, None)) for result in first]
    return (*united, *others.values())


def _united(one: PolicyResult, other: PolicyResult | None) -> PolicyResult:
    if other is None or other == one:
        return one
    findings: dict[str, Finding] = {}
    for finding in (*one.findings, *other.findings):
        known = findings.setdefault(finding.fingerprint, finding)
        if known is not finding:
            mark = min(known.change, finding.change, key=_GRAVEST.index)
            findings[finding.fingerprint] = replace(max(known, finding, key=lambda one: one.severity), change=mark)
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
    results: Iterable[PolicyResult],
    before: Sequence[PolicyResult],
    names: Mapping[str, Sequence[str]],
    unreadable: Collection[str] = (),
) -> tuple[PolicyResult, ...]:
    """The results with every finding marked as introduced or unchanged; where that is unknown, it is not marked.

    So it is if the base has more findings than are listed, or for files that were `unreadable` there. `names` gives the names in
    the head of components that the base calls otherwise.
    """
    known = {name for result in before for finding in result.findings for name in fingerprints(finding, names)}
    unsure = {result.policy for result in before if result.unlisted}

    def change(finding: Finding) -> Mark | None:
        if finding.fingerprint in known:
            return UNCHANGED
        return None if finding.policy in unsure or finding.location.path in unreadable else INTRODUCED

    return tuple(_marked(result, change) for result in results)


def announce(
    results: Iterable[PolicyResult],
    before: Sequence[PolicyResult],
    known: Mapping[str, Severity],
    touched: Callable[[Finding], bool],
) -> tuple[PolicyResult, ...]:
    """The results of the head's own policies, marked: those that the base would have had by them are announced.

    `before` is how these policies come out over the base; `known` are the severities of what the base finds there by its own.
    A finding is announced only if it says the very same of the base, and shows nothing that the head has `touched`.
    """
    then = {finding.fingerprint: _evidence(finding) for result in before for finding in result.findings}

    def change(finding: Finding) -> Mark:
        fingerprint = finding.fingerprint
        if known.get(fingerprint, finding.severity - 1) >= finding.severity:
            return UNCHANGED
        return ANNOUNCED if then.get(fingerprint) == _evidence(finding) and not touched(finding) else INTRODUCED

    return tuple(_marked(result, change) for result in results)


def _evidence(finding: Finding) -> object:
    """All that a finding says, without the places."""
    return (
        finding.severity,
        finding.headline,
        finding.members,
        finding.assumed,
        finding.cause,
        _reasons(finding.reasons),
        _hops(finding.witness),
        tuple((ground.text, _hops(ground.chain)) for ground in finding.grounds),
    )


def _hops(hops: Iterable[Hop]) -> object:
    return tuple(
        (hop.source, hop.link, hop.target, hop.more_gates, *((gate.gate, _reasons(gate.reasons)) for gate in hop.gates))
        for hop in hops
    )


def _reasons(reasons: Iterable[Reason]) -> object:
    return tuple((reason.text, reason.expected, reason.field, reason.missing) for reason in reasons)


def fingerprints(finding: Finding, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The fingerprint of a finding of the base, and those that it has under the names of its components in the head."""
    return fingerprints_of(finding.policy, finding.subject, finding.target, names)


def fingerprints_of(policy: str, subject: str, target: str | None, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The fingerprint of a finding with this policy, subject and target, and those under their names in the head."""
    subjects = (subject, *names.get(subject, ()))
    targets = (target, *names.get(target or "", ()))
    return (fingerprint_of(policy, one, other) for one, other in product(subjects, targets))


def severities(before: Iterable[PolicyResult], names: Mapping[str, Sequence[str]]) -> dict[str, Severity]:
    """The severity of each finding of the base, by its fingerprint, also under the names of its components in the head."""
    return {name: finding.severity for result in before for finding in result.findings for name in fingerprints(finding, names)}


def _marked(result: PolicyResult, change: Callable[[Finding], Mark | None]) -> PolicyResult:
    return replace(result, findings=tuple(replace(finding, change=change(finding)) for finding in result.findings))


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
