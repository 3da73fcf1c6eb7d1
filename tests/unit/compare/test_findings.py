"""Findings of two judgements, united and compared."""

from dataclasses import replace

from shipcheck.compare.introduced import fixed, mark, unite
from shipcheck.model.finding import Finding, Fix
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult, Result

PLACE = Location("worktree", "shipcheck.yaml", 3, 3, 3, 4)


def finding(subject: str, severity: Severity = Severity.WARNING, message: str = "") -> Finding:
    return Finding("p/a", subject, None, severity, "", message, PLACE, (), (), (), "", Fix(""), None, "", (), ())


def result(
    *findings: Finding, policy: str = "p/a", unlisted: int = 0, subjects: int = 5, word: Result | None = None
) -> PolicyResult:
    found: Result = word or ("fail" if findings else "pass")
    return PolicyResult(policy, found, subjects, len(findings) + unlisted, findings, unlisted)


def test_a_finding_of_either_judgement_counts_once() -> None:
    [united] = unite([result(finding("agent:a"), finding("agent:b"))], [result(finding("agent:b"), finding("agent:c"))])
    assert [found.subject for found in united.findings] == ["agent:a", "agent:b", "agent:c"]
    assert (united.result, united.subjects, united.failed, united.unlisted) == ("fail", 5, 3, 0)


def test_of_two_the_graver_counts_and_of_equals_the_first() -> None:
    one, graver = finding("agent:a", message="first"), finding("agent:a", Severity.ERROR)
    assert unite([result(one)], [result(graver)])[0].findings == (graver,)
    assert unite([result(graver)], [result(one)])[0].findings == (graver,)
    assert unite([result(one)], [result(finding("agent:a", message="second"))])[0].findings == (one,)


def test_a_failure_of_either_is_a_failure_and_a_pass_goes_before_nothing_to_judge() -> None:
    nothing = result(word="not_applicable", subjects=0)
    assert unite([result()], [result(finding("agent:a"))])[0].result == "fail"
    assert unite([nothing], [result()])[0].result == "pass"
    assert unite([nothing], [nothing])[0].result == "not_applicable"


def test_policies_of_either_judgement_are_there_in_their_order() -> None:
    united = unite([result(policy="p/b"), result(policy="p/a")], [result(policy="p/c"), result(policy="p/a")])
    assert [one.policy for one in united] == ["p/b", "p/a", "p/c"]


def test_what_is_not_listed_stays_counted() -> None:
    [united] = unite([result(finding("agent:a"), unlisted=7)], [result(finding("agent:b"), unlisted=2)])
    assert (united.unlisted, united.failed) == (7, 8)


def test_a_finding_is_introduced_unless_the_base_has_it() -> None:
    [marked] = mark(
        [result(finding("agent:a"), finding("agent:b"))], [result(finding("agent:b", Severity.ERROR, "other words"))], {}
    )
    assert [found.change for found in marked.findings] == ["introduced", "unchanged"]


def test_where_the_base_has_more_than_it_lists_nobody_knows() -> None:
    [marked] = mark([result(finding("agent:a"), finding("agent:b"))], [result(finding("agent:b"), unlisted=1)], {})
    assert [found.change for found in marked.findings] == [None, "unchanged"]


def test_a_finding_that_is_gone_is_fixed() -> None:
    [change] = fixed([result(finding("agent:a"))], [result(finding("agent:a"), finding("agent:b", message="b is bad"))], {})
    assert (change.kind, change.subject, change.message, change.policy) == ("fixed", "agent:b", "b is bad", "p/a")
    assert (change.severity, change.fingerprint) == (Severity.WARNING, finding("agent:b").fingerprint)


def test_what_may_only_be_unlisted_or_is_no_longer_judged_is_not_called_fixed() -> None:
    before = [result(finding("agent:b"))]
    assert fixed([result(finding("agent:a"), unlisted=1)], before, {}) == ()
    assert fixed([result(policy="p/other")], before, {}) == ()


def test_the_mark_is_no_part_of_what_makes_a_finding_the_same() -> None:
    assert replace(finding("agent:a"), change="introduced").fingerprint == finding("agent:a").fingerprint
