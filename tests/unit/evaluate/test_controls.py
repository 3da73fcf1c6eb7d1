"""The state of a control, from the results of the policies that map to it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.support.reports import finding, policy

from shipcheck.evaluate.controls import judge_controls
from shipcheck.model.control import Catalogue, Control, JudgedControl
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult

DAY = date(2026, 11, 22)
LIVE, WAIVED = finding(), finding(status="waived")
PASS, FAIL, NOTHING = "pass", "fail", "not_applicable"


def catalogue(name: str = "law", numbers: tuple[str, ...] = ("art-1",)) -> Catalogue:
    controls = tuple(Control(f"{name}/{number}", "T", "article", "", "All of it.") for number in numbers)
    return Catalogue(name, "The law", "https://law.example", DAY, DAY, "All.", controls)


def mapped(name: str, *controls: str) -> Policy:
    return replace(policy(), id=name, controls=controls)


def result(name: str, outcome: str, *findings: object, subjects: int = 1, unlisted: int = 0) -> PolicyResult:
    return PolicyResult(mapped(name).name, outcome, subjects, len(findings), findings, unlisted)  # type: ignore[arg-type]


def everything(_policy: str) -> bool:
    return True


def control_with(*results: PolicyResult | None, declared: tuple[int, ...] = ()) -> JudgedControl:
    """A control with one policy for each result, None for one that did not run; those at `declared` rest on manifests alone."""
    on_words = {mapped(f"p{number}").name for number in declared}
    policies = [mapped(f"p{number}", "law/art-1") for number in range(len(results))]
    given = [replace(found, policy=policies[number].name) for number, found in enumerate(results) if found is not None]
    ((judged,),) = [one.controls for one in judge_controls([catalogue()], policies, given, lambda name: name not in on_words)]
    return judged


@pytest.mark.parametrize(
    ("results", "state"),
    [
        ([result("p", PASS)], "satisfied"),
        ([result("p", PASS), result("p", PASS)], "satisfied"),
        ([result("p", PASS), result("p", NOTHING, subjects=0)], "partly_judged"),
        ([result("p", NOTHING, subjects=0)], "not_judged"),
        ([None], "not_judged"),
        ([result("p", PASS), None], "not_judged"),
        ([result("p", FAIL, LIVE), None], "violated"),
        ([result("p", PASS), result("p", FAIL, LIVE)], "violated"),
        ([result("p", FAIL, unlisted=3)], "violated"),
        ([result("p", FAIL)], "violated"),
        ([result("p", PASS, LIVE)], "violated"),
        ([result("p", PASS, subjects=0)], "not_judged"),
        ([result("p", FAIL, WAIVED)], "violated"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_worst_decides_and_nothing_judged_is_never_satisfied(results: list[PolicyResult | None], state: str) -> None:
    assert control_with(*results).state == state


def test_one_policy_that_passes_on_words_leaves_a_control_declared() -> None:
    both = result("p", PASS), result("p", PASS)
    assert control_with(*both, declared=(1,)).state == "declared"
    assert control_with(*both, declared=(0, 1)).state == "declared"
    mixed = control_with(*both, declared=(1,))
    assert (mixed.resting_on("observed"), mixed.resting_on("declared")) == (1, 1)
    others = control_with(result("p", FAIL, LIVE), result("p", NOTHING, subjects=0), None)
    assert [one.basis for one in others.policies] == [None, None, None]


def test_waived_needs_every_finding_of_every_failing_policy_to_be_excused() -> None:
    assert control_with(result("p", FAIL, WAIVED)).waived
    assert control_with(result("p", FAIL, WAIVED), result("p", PASS)).waived
    assert not control_with(result("p", FAIL, WAIVED, LIVE)).waived
    assert not control_with(result("p", FAIL, WAIVED, unlisted=1)).waived
    assert not control_with(result("p", FAIL, WAIVED), result("p", FAIL, LIVE)).waived
    assert not control_with(result("p", PASS)).waived


def test_a_control_without_a_policy_is_not_judged_and_a_catalogue_without_one_is_left_out() -> None:
    catalogues = [catalogue("law", ("art-1", "art-2")), catalogue("other")]
    (judged,) = judge_controls(catalogues, [mapped("p", "law/art-1")], [result("p", PASS)], everything)
    assert [(one.control.name, one.state) for one in judged.controls] == [
        ("law/art-1", "satisfied"),
        ("law/art-2", "not_judged"),
    ]


def test_a_policy_that_is_in_use_twice_counts_once_and_maps_to_all_that_either_names() -> None:
    policies = [mapped("p", "law/art-1"), mapped("p", "law/art-1", "law/art-2")]
    (judged,) = judge_controls([catalogue("law", ("art-1", "art-2"))], policies, [result("p", PASS)], everything)
    assert [len(one.policies) for one in judged.controls] == [1, 1]


def test_findings_are_counted_with_those_too_many_to_list() -> None:
    (only,) = control_with(result("p", FAIL, LIVE, unlisted=4)).policies
    assert (only.outcome, only.findings) == ("fail", 5)
