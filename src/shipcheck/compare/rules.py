"""The policies that compare what the policy language cannot name: settings and policies themselves."""

from collections.abc import Sequence
from typing import NamedTuple

from shipcheck.model.change import Rule
from shipcheck.model.finding import Finding, Fix
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Result


class RuleFinding(NamedTuple):
    """A finding of one of them: its subject, its message, its place, and its severity."""

    subject: str
    message: str
    place: Location
    severity: Severity = Severity.WARNING


SETTINGS = Rule(
    "change-settings",
    "No setting asks less than in the base",
    "A pack left out, a parameter loosened or a pattern narrowed takes away what is checked, and looks like any other edit.",
    "Have whoever answers for the settings agree; what the base asks counts until this is merged.",
)
POLICY = Rule(
    "change-policy",
    "No policy of the repository is gone or asks something else than in the base",
    "A policy that is softened in the pull request that it would stop stops nothing.",
    "Have whoever answers for the policies agree; what the base asks counts until this is merged.",
)
HIDDEN = Rule(
    "change-hidden",
    "No component of the base is moved to where no manifest is read, or said not to be there",
    "What stands in a place that the settings ignore is judged by nobody, though all of it is still there.",
    "Move the manifest back, or delete what is gone for good.",
)
WAIVER = Rule(
    "change-waiver",
    "No waiver is new or excuses more than in the base",
    "A waiver lets a finding pass, so whoever answers for it must have seen it; in the pull request it excuses nothing yet.",
    "Have the approver that the waiver names agree; it counts once this is merged.",
)
RULES = (SETTINGS, POLICY, HIDDEN, WAIVER)


def rule_named(name: str) -> Rule | None:
    """The rule of that full name, or of that id."""
    return next((rule for rule in RULES if name in {rule.name, rule.id}), None)


def result(rule: Rule, found: Sequence[RuleFinding], subjects: int) -> PolicyResult:
    """What a rule finds among so many subjects, as the result of a policy."""
    findings = tuple(_finding(rule, item) for item in found)
    word: Result = "fail" if findings else "pass" if subjects else "not_applicable"
    return PolicyResult(rule.name, word, subjects, len(findings), findings)


def _finding(rule: Rule, item: RuleFinding) -> Finding:
    return Finding(
        policy=rule.name,
        subject=item.subject,
        target=None,
        severity=item.severity,
        doubt="",
        message=item.message,
        location=item.place,
        witness=(),
        reasons=(),
        assumed=(),
        cause="",
        fix=Fix(rule.fix),
        owner=None,
        owner_of="",
        grounds=(),
        members=(),
    )
