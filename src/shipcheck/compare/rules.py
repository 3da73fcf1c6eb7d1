"""The rules that compare what the policy language cannot express: settings, policies, and whole vocabularies."""

from collections.abc import Sequence
from typing import NamedTuple

from shipcheck.model.change import Rule
from shipcheck.model.edit import Edit
from shipcheck.model.finding import Finding, Fix
from shipcheck.model.location import Location
from shipcheck.model.policy import Rung, Severity
from shipcheck.model.report import PolicyResult, Result


class Difference(NamedTuple):
    """What a rule finds: the subject, the message, the place, the severity, and the edits that it is all about."""

    subject: str
    message: str
    place: Location
    severity: Severity = Severity.WARNING
    edits: tuple[Edit, ...] = ()


SETTINGS = Rule(
    "change-settings",
    "No setting is looser than in the base",
    "Removing a pack, loosening a parameter or narrowing a pattern reduces what is checked, and looks like any other edit.",
    "Restore the setting; or, if it is meant, get a consent to this edit merged first.",
    severity=(Rung(Severity.ERROR, None),),
)
POLICY = Rule(
    "change-policy",
    "No policy of the repository is removed or changed",
    "A policy that can be loosened in the pull request that it would stop stops nothing.",
    "Restore the policy; or, if it is meant, get a consent to this edit merged first.",
    severity=(Rung(Severity.ERROR, None),),
)
HIDDEN = Rule(
    "change-hidden",
    "No component is moved to a file that is not read, or declared absent",
    "A component in a file that the settings ignore is not judged, although it still exists.",
    "Move the manifest back, or delete the components that no longer exist.",
    severity=(Rung(Severity.ERROR, None),),
)
WEAKENED = Rule(
    "change-weakened",
    "No field or link is weaker than in the base",
    "A fact that is declared differently can end findings although nothing in the code is safer.",
    "Restore the value; or, if it is meant, get a consent to this edit merged first.",
    controls=("eu-ai-act/art-12", "eu-ai-act/art-14", "nist-ai-rmf/govern-1.4", "owasp-asi/asi02"),
    severity=(Rung(Severity.ERROR, None),),
)
GONE = Rule(
    "change-gone",
    "No agent, gate, audit sink or sensitive action leaves the manifests while it may still exist",
    "What is no longer declared is no longer judged, although its code may still run.",
    "Restore it, add 'was' to what it has become, or delete its code in the same change; or, if it is meant, get a consent "
    "merged first.",
    controls=("eu-ai-act/art-12", "eu-ai-act/art-14", "nist-ai-rmf/govern-1.4", "owasp-asi/asi02"),
    severity=(Rung(Severity.ERROR, None),),
)
DECISION = Rule(
    "change-decision",
    "Every decision of the base stays as it was recorded",
    "A decision that is rewritten or deleted afterwards leaves no record that it was ever made.",
    "Restore the decision, and record the new one after it in a list, with its own date.",
    controls=("nist-ai-rmf/govern-1.4",),
    severity=(Rung(Severity.ERROR, None),),
)
SCORE = Rule(
    "change-score",
    "All scores of the base stay as they were recorded",
    "A score that is raised after the decision makes the selection look better than it was.",
    "Restore the scores, and record the new ones after them in a list, with their own date.",
    controls=("nist-ai-rmf/govern-1.4",),
    severity=(Rung(Severity.ERROR, None),),
)
ROUNDS = {rule.id: rule for rule in (DECISION, SCORE)}
"""The rules about fields that have rounds, by the name under which the vocabulary lists them."""
RULES = (WEAKENED, GONE, DECISION, SCORE, SETTINGS, POLICY, HIDDEN)


def rule_named(name: str) -> Rule | None:
    """The rule with that full name or id."""
    return next((rule for rule in RULES if name in {rule.name, rule.id}), None)


def result(rule: Rule, differences: Sequence[Difference], subjects: int) -> PolicyResult:
    """The findings of a rule as the result of a policy; `subjects` is how many it judged."""
    findings = tuple(_finding(rule, item) for item in differences)
    word: Result = "fail" if findings else "pass" if subjects else "not_applicable"
    return PolicyResult(rule.name, word, subjects, len(findings), findings)


def _finding(rule: Rule, item: Difference) -> Finding:
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
        edits=item.edits,
    )
