"""Waivers against findings: exactly what is named is waived, for as long and as far as both head and base say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding, place

from shipcheck.model.finding import Finding
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult
from shipcheck.model.waiver import Terms, Waiver
from shipcheck.waivers.match import WaiverSets, match_waivers

DAY = date(2026, 11, 22)
AT = place()
HELD = "the waiver (a/shipcheck.yaml:3:5) is in force until 2026-12-01, approved by team:risk: moving"


def waiver(of: Finding, until: date = date(2026, 12, 1), up_to: Severity = Severity.ERROR, members: Sequence[str] = ()) -> Waiver:
    terms = Terms("moving", "team:own", "team:risk", until, AT, AT, AT)
    return Waiver(of.policy, of.subject, of.target, tuple(members), up_to, terms, baseline=False, location=AT)


def result(*findings: Finding, unlisted: int = 0) -> PolicyResult:
    return PolicyResult("trial/the-rule", "fail" if findings else "pass", 9, len(findings), findings, unlisted)


def one(of: Finding, *head: Waiver, base: Sequence[Waiver] | None = None, as_of: date = DAY) -> tuple[str, str, str]:
    """The status of a finding, what it says of its waiver, and what the first waiver comes to."""
    known = None if base is None else {waiver.fingerprint: waiver for waiver in base}
    (judged,), judged_waivers = match_waivers([result(of)], WaiverSets(head, known, as_of))
    (found,) = judged.findings
    return found.status, found.waiver, judged_waivers[0].state if judged_waivers else ""


A, B = finding("agent:a"), finding("agent:b")


def test_a_waiver_excuses_its_finding() -> None:
    assert one(A, waiver(A)) == ("waived", HELD, "in_force")


def test_another_subject_target_or_policy_is_another_finding() -> None:
    for other in (replace(A, subject="agent:aa"), replace(A, target=None), replace(A, policy="trial/other")):
        assert one(other, waiver(A)) == ("live", "", "unused")


def test_the_last_day_is_a_day_on_which_it_counts() -> None:
    last = waiver(A, until=DAY)
    assert one(A, last)[0] == "waived"
    after = one(A, last, as_of=DAY + timedelta(days=1))
    assert after == ("expired", "the waiver (a/shipcheck.yaml:3:5) expired on 2026-11-22", "ended")


def test_a_graver_finding_is_live_again() -> None:
    told = "the waiver (a/shipcheck.yaml:3:5) waives findings up to warning, and this one is more severe"
    assert one(A, waiver(A, up_to=Severity.WARNING)) == ("live", told, "outgrown")
    assert one(replace(A, severity=Severity.NOTE), waiver(A, up_to=Severity.WARNING))[0] == "waived"


def test_a_group_with_a_new_member_is_live_again() -> None:
    group = replace(A, members=("agent:x", "agent:y"))
    assert one(group, waiver(group, members=["agent:y", "agent:x", "agent:gone"]))[0] == "waived"
    told = "the waiver (a/shipcheck.yaml:3:5) does not name agent:y among its members"
    assert one(group, waiver(group, members=["agent:x"])) == ("live", told, "outgrown")
    assert one(group, waiver(group))[0] == "live"


def test_many_new_members_are_counted() -> None:
    group = replace(A, members=tuple(f"agent:x{number}" for number in range(9)))
    assert one(group, waiver(group))[1].endswith(
        "does not name agent:x0, agent:x1, agent:x2, agent:x3, agent:x4 and 4 more among its members"
    )


def test_with_a_base_both_must_excuse() -> None:
    assert one(A, waiver(A), base=[waiver(A)]) == ("waived", HELD, "in_force")
    assert one(A, base=[waiver(A)]) == ("live", "", "")
    proposed = "the waiver (a/shipcheck.yaml:3:5) is proposed, and applies once it is merged"
    assert one(A, waiver(A), base=[]) == ("live", proposed, "proposed")
    ended = waiver(A, until=date(2026, 11, 1))
    assert one(A, waiver(A), base=[ended]) == ("live", f"{proposed}: the waiver of the base expired on 2026-11-01", "proposed")
    assert one(A, ended, base=[waiver(A)])[0] == "expired"


def test_the_earlier_of_two_days_is_told() -> None:
    later = waiver(A, until=date(2027, 5, 1))
    assert one(A, later, base=[waiver(A)])[1] == HELD


def test_a_policy_whose_findings_are_all_waived_is_waived() -> None:
    def words(*given: PolicyResult) -> tuple[str, int]:
        (judged,), _ = match_waivers(given, WaiverSets([waiver(A), waiver(B)], None, DAY))
        return judged.result, judged.waived

    assert words(result(A, B)) == ("waived", 2)
    assert words(result(A, finding("agent:c"))) == ("fail", 1)
    assert words(result(A, unlisted=1)) == ("fail", 1)
    assert words(result()) == ("pass", 0)


def test_a_waiver_of_a_policy_that_is_not_judged_in_full_is_not_called_unused() -> None:
    _, (judged_waiver,) = match_waivers([], WaiverSets([waiver(A)], None, DAY, {A.policy}))
    assert judged_waiver.state == "not_judged"


# Reference: a waiver removes exactly its finding; waivers commute and unite; one that has ended is none; one of no finding has no
# other effect; the fingerprint depends on policy, subject and target alone.
FINDINGS = [finding(f"agent:a{number}") for number in range(6)]
_SOME = st.sets(st.integers(0, 7))


@given(_SOME, _SOME, st.integers(0, 5))
def test_waivers_unite_and_each_removes_exactly_its_finding(first: set[int], second: set[int], days: int) -> None:
    everything = [*FINDINGS, finding("agent:none"), finding("agent:nobody")]

    def live(numbers: set[int], as_of: date = DAY) -> set[str]:
        waivers = [waiver(everything[number], until=DAY) for number in numbers]
        (judged,), _ = match_waivers([result(*FINDINGS)], WaiverSets(waivers, None, as_of))
        return {found.subject for found in judged.findings if found.status != "waived"}

    subjects = {found.subject for found in FINDINGS}
    assert live(first) == subjects - {everything[number].subject for number in first}
    assert live(first | second) == live(first) & live(second)
    assert live(first, DAY + timedelta(days=days + 1)) == subjects


def test_the_order_of_waivers_says_nothing() -> None:
    outcomes = {match_waivers([result(A, B)], WaiverSets(order, None, DAY))[0] for order in permutations([waiver(A), waiver(B)])}
    assert len(outcomes) == 1


@given(st.sampled_from(FINDINGS), st.integers(1, 500), st.text(max_size=5))
def test_a_fingerprint_is_of_policy_subject_and_target_alone(of: Finding, line: int, text: str) -> None:
    other = replace(of, location=place(line=line), message=text, witness=(), cause=text, members=(text,), change="introduced")
    assert other.fingerprint == of.fingerprint
    assert len({found.fingerprint for found in FINDINGS}) == len(FINDINGS)


NEW, ANNOUNCED, OLD = (replace(A, change=mark) for mark in ("introduced", "announced", "unchanged"))


@pytest.mark.parametrize(
    ("of", "where", "expected"),
    [
        (OLD, "head, base", ("waived", "in_force")),
        (OLD, "head", ("live", "proposed")),
        (OLD, "base", ("live", "")),
        (NEW, "head, base", ("live", "outgrown")),
        (NEW, "head", ("live", "proposed")),
        (ANNOUNCED, "head, base", ("waived", "in_force")),
        (ANNOUNCED, "head", ("waived", "in_force")),
        (ANNOUNCED, "base", ("live", "")),
        (replace(A, change=None), "head, base", ("waived", "in_force")),
        (replace(A, change=None), "head", ("live", "proposed")),
    ],
)
def test_only_what_is_announced_is_waived_by_the_head_alone(of: Finding, where: str, expected: tuple[str, str]) -> None:
    head, base = [waiver(of)] if "head" in where else [], [waiver(of)] if "base" in where else []
    status, _, state = one(of, *head, base=base)
    assert (status, state) == expected


def test_what_is_announced_needs_teams_of_the_base_and_says_what_comes() -> None:
    sets = WaiverSets([waiver(ANNOUNCED)], {}, DAY, unanswered={ANNOUNCED.fingerprint})
    (judged,), _ = match_waivers([result(ANNOUNCED)], sets)
    assert judged.findings[0].status == "live"
    assert one(ANNOUNCED, base=[])[1].startswith("once this is merged, it is one more error; fix it, or waive it in this change")


@pytest.mark.parametrize(
    ("waived", "before", "status"),
    [
        ((), {}, "consented"),
        ((), {NEW.fingerprint: Severity.WARNING}, "live"),
        (("head",), {NEW.fingerprint: Severity.WARNING}, "live"),
        (("base",), {NEW.fingerprint: Severity.WARNING}, "live"),
        (("head", "base"), {NEW.fingerprint: Severity.WARNING}, "consented"),
    ],
)
def test_a_consent_covers_what_was_there_only_if_that_is_waived(
    waived: tuple[str, ...], before: dict[str, Severity], status: str
) -> None:
    """Without the edit the finding would be less severe, and would still be there."""
    head, base = [[waiver(NEW)] if where in waived else [] for where in ("head", "base")]
    known = {item.fingerprint: item for item in base}
    sets = WaiverSets(head, known, DAY, severities=before, consented={NEW.fingerprint: "the consent (x) is used"})
    (judged,), states = match_waivers([result(NEW)], sets)
    assert judged.findings[0].status == status
    assert judged.waived == (status == "consented")
    assert [item.state for item in states] in ([], ["proposed"], ["outgrown"])
