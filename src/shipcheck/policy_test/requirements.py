"""The minimum that the tests of every policy must contain."""

from collections.abc import Sequence

from shipcheck.model.policy import Policy
from shipcheck.model.policy_test import Case, Failure

_MESSAGES = {
    "failing": "no test makes it fail; add a case with a finding",
    "passing": "no test makes it pass; add a case that expects []",
    "not-applicable": "no test leaves it with nothing to judge; add a case that expects not_applicable",
    "near-miss": "no test has a pass and a failure one edit apart; add a case with one edit",
}


def lacking(policy: Policy, cases: Sequence[Case]) -> list[Failure]:
    """A failure for each kind of case that the tests of a policy lack."""
    mine = [case for case in cases if policy.id in case.policies]
    failing = [case for case in mine if fails(case, policy.id)]
    passing = [case for case in mine if case.applies and not fails(case, policy.id)]
    has = {
        "failing": bool(failing),
        "passing": bool(passing),
        "not-applicable": any(not case.applies for case in mine),
        "near-miss": _one_edit_apart(failing, passing),
    }
    return [
        Failure("missing", policy.id, "", f"missing {kind} case for {policy.id}: {_MESSAGES[kind]}", policy.location)
        for kind, is_there in has.items()
        if not is_there
    ]


def fails(case: Case, policy: str) -> bool:
    """Whether a case expects a finding of the policy."""
    return any(expected.policy == policy for expected in case.expected)


def _one_edit_apart(failing: Sequence[Case], passing: Sequence[Case]) -> bool:
    edits = {(case.origin, case.edits) for case in failing}
    return any((case.origin, 1 - case.edits) in edits for case in passing if case.edits in {0, 1})
