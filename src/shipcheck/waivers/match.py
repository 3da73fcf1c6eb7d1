"""Waivers matched with findings: the one place that decides what is waived."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shipcheck.english import article, listed
from shipcheck.model.finding import ANNOUNCED, INTRODUCED, Finding
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult
from shipcheck.model.waiver import JudgedWaiver, State, Waiver
from shipcheck.waivers.read_waivers import CHANGES

MOST_NAMED = 5
_PROPOSED: tuple[State, str] = "proposed", "is proposed, and applies once it is merged"
_AFTER = "once this is merged, it is one more {severity}; fix it, or waive it in this change, as 'shipcheck baseline extend' does"


@dataclass(frozen=True, slots=True)
class WaiverSets:
    """The waivers of the head and, if a base takes precedence, those of the base; and the date on which they must be in force.

    A finding is waived only if both waive it, or if the head waives what is announced. `base` are by the fingerprints of their
    findings in the head. `unjudged` are policies whose findings are not all known. `severities` are those of the base's findings,
    by fingerprint; `riskier` are the components with other code, more effects or a higher risk than in the base: a waiver was
    not approved for these. `unanswered` are the fingerprints of waivers of the head for which the base lacks a team. `consented`
    says of each finding that a consent covers, by fingerprint, which one.
    """

    head: Sequence[Waiver]
    base: Mapping[str, Waiver] | None
    as_of: date
    unjudged: Collection[str] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    riskier: Collection[str] = ()
    unanswered: Collection[str] = ()
    consented: Mapping[str, str] = field(default_factory=dict)


def match_waivers(results: Iterable[PolicyResult], sets: WaiverSets) -> tuple[tuple[PolicyResult, ...], tuple[JudgedWaiver, ...]]:
    """The results with every waived finding marked, and the state of each waiver of the head."""
    matcher = _Matcher(sets)
    judged = tuple(matcher.result(result) for result in results)
    return judged, tuple(matcher.judged_waiver(waiver) for waiver in sets.head)


class _Matcher:
    """Decides finding by finding, and remembers the outcome for each waiver."""

    def __init__(self, sets: WaiverSets) -> None:
        self._sets = sets
        self._head = _by_fingerprint(sets.head)
        self._base = sets.base
        self._met: dict[str, tuple[State, str]] = {}

    def result(self, result: PolicyResult) -> PolicyResult:
        if not self._head and not self._sets.consented and not any(finding.change == ANNOUNCED for finding in result.findings):
            return result
        findings = tuple(self._finding(finding) for finding in result.findings)
        waived = sum(finding.is_accepted for finding in findings)
        all_waived = result.result == "fail" and waived == len(findings) and not result.unlisted
        return replace(result, findings=findings, waived=waived, result="waived" if all_waived else result.result)

    def judged_waiver(self, waiver: Waiver) -> JudgedWaiver:
        state, note = self._met.get(waiver.fingerprint, ("unused", "matches no finding"))
        if state == "unused" and waiver.policy in self._sets.unjudged:
            state, note = "not_judged", "is for a policy whose findings are not all known here"
        return JudgedWaiver(waiver, state, note)

    def _finding(self, finding: Finding) -> Finding:
        fingerprint = finding.fingerprint
        waiver = self._head.get(fingerprint)
        if fingerprint in self._sets.consented and (fingerprint not in self._sets.severities or self._waived_before(fingerprint)):
            return self._consented(finding, waiver)
        if waiver is None:
            return replace(finding, waiver=_AFTER.format(severity=finding.severity)) if finding.change == ANNOUNCED else finding
        state, note = self._decide(waiver, fingerprint, finding)
        self._met[fingerprint] = state, note
        message = f"the waiver ({waiver.location}) {note}"
        if state == "in_force":
            return replace(finding, status="waived", waiver=message)
        return replace(finding, status="expired" if state == "ended" else "live", waiver=message)

    def _consented(self, finding: Finding, waiver: Waiver | None) -> Finding:
        """A finding that a consent covers in this change; in the next one it would be live without a waiver."""
        message = self._sets.consented[finding.fingerprint]
        if waiver is not None:
            self._met[waiver.fingerprint] = _PROPOSED
        elif not finding.policy.startswith(CHANGES):
            message += "; once this is merged, the finding is live unless this change adds a waiver for it"
        return replace(finding, status="consented", waiver=message)

    def _decide(self, waiver: Waiver, fingerprint: str, finding: Finding) -> tuple[State, str]:
        own = self._refusal(waiver, finding)
        if own is not None:
            return own
        terms = waiver.terms
        until = terms.until
        if self._base is not None and finding.change == ANNOUNCED:
            if fingerprint in self._sets.unanswered:
                return "proposed", "is proposed: the base lacks a team that it names"
        elif self._base is not None:
            before = self._base.get(fingerprint)
            if before is None:
                return _PROPOSED
            theirs = self._refusal(before, finding)
            if theirs is not None:
                return "proposed", f"is proposed, and applies once it is merged: the waiver of the base {theirs[1]}"
            more = self._more_than_in_base(finding)
            if more:
                return "outgrown", more
            until = min(until, before.terms.until)
        return "in_force", f"is in force until {until.isoformat()}, approved by {terms.approver}: {terms.reason}"

    def _waived_before(self, fingerprint: str) -> bool:
        """Whether head and base have a waiver for the finding that may be less severe without a consented edit."""
        both = (self._head.get(fingerprint), (self._base or {}).get(fingerprint))
        return all(waiver is not None and self._sets.as_of <= waiver.terms.until for waiver in both)

    def _more_than_in_base(self, finding: Finding) -> str:
        """How a finding is more than the one that was waived in the base; empty if it is not."""
        if finding.change == INTRODUCED:
            return "does not cover what this change introduces; fix it, or get a consent to the edit merged first"
        severity = self._sets.severities.get(finding.fingerprint)
        if severity is None:
            return ""
        if finding.severity > severity:
            return f"waives what is {article(str(severity))} in the base, and this is more severe"
        riskier = [name for name in (finding.subject, finding.target) if name in self._sets.riskier]
        return f"does not cover the new code, effects or risk of {riskier[0]}" if riskier else ""

    def _refusal(self, waiver: Waiver, finding: Finding) -> tuple[State, str] | None:
        """Why a waiver does not waive the finding that it names, or None."""
        if self._sets.as_of > waiver.terms.until:
            return "ended", f"expired on {waiver.terms.until.isoformat()}"
        if finding.severity > waiver.up_to:
            return "outgrown", f"waives findings up to {waiver.up_to}, and this one is more severe"
        named = frozenset(waiver.members)
        new = [member for member in finding.members if member not in named]
        if new:
            more = [f"{len(new) - MOST_NAMED} more"] if len(new) > MOST_NAMED else []
            return "outgrown", f"does not name {listed([*new[:MOST_NAMED], *more], 'and')} among its members"
        return None


def _by_fingerprint(waivers: Iterable[Waiver]) -> Mapping[str, Waiver]:
    return {waiver.fingerprint: waiver for waiver in waivers}
