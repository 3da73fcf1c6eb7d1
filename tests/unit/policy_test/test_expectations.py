"""Mutants are judged without explanations, unless a case expects what only an explained finding has."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from tests.support.reports import place

from shipcheck.model.policy import Severity
from shipcheck.model.policy_test import Case, Expected
from shipcheck.policy_test.expectations import needs_explanations

STATED: dict[str, Any] = {"on": "agent:desk", "to": "action:pay", "severity": Severity.ERROR}
EXPLAINED: dict[str, Any] = {"hops": 0, "path": (), "assumed": (), "line": ("shipcheck.yaml", 3)}
ANY = Expected("paid", place())


def case(expected: tuple[Expected, ...], gaps: tuple[Expected, ...] = ()) -> Case:
    return Case("one", ("paid",), date(2026, 11, 22), (), expected, gaps, applies=True, edits=0, origin="", location=place())


def test_each_thing_that_a_case_can_expect_is_tried() -> None:
    assert {*STATED, *EXPLAINED} == {field.name for field in fields(Expected)} - {"policy", "location"}


@pytest.mark.parametrize("name", EXPLAINED)
def test_what_only_an_explained_finding_has_needs_an_explanation(name: str) -> None:
    asking = replace(ANY, **{name: EXPLAINED[name]})
    assert needs_explanations(case((ANY, asking)), "paid")
    assert needs_explanations(case((), (asking,)), "paid")
    assert not needs_explanations(case((asking,)), "other")


def test_subject_target_and_severity_need_none() -> None:
    assert not needs_explanations(case((ANY, replace(ANY, **STATED))), "paid")
