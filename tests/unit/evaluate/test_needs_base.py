"""A policy that compares with the base, anywhere in what it reads, is not judged without one."""

import pytest
from tests.support.worlds import TODAY, graph_of, plan_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator

WORLD = "shipcheck: 1\nagents: {desk: {title: Desk, entry: false, delegates_to: [desk]}}\n"
SELECT = "select:\n  kept: agent where base is present\n  kept_desk: kept where title is set\n"
POLICY = "policies:\n  - id: one\n    title: t\n    why: w\n    {subject}\n    must: {must}\n    message: '{{subject}}'\n"
READING = {
    "by itself": ("each: agent where base is present", "entry"),
    "in what must hold": ("each: agent", "base is missing or entry"),
    "by a selector of its subject": ("each: kept", "entry"),
    "by a selector that a selector names": ("each: kept_desk", "entry"),
    "by a selector that a condition names": ("each: agent where it is kept", "entry"),
    "by a selector that what must hold names": ("each: agent", "not subject is kept"),
    "by a selector of an element": ("each: agent", "some other in delegates_to satisfies not other is kept_desk"),
}


@pytest.mark.parametrize("name", READING)
def test_a_policy_that_reads_the_base_needs_one(name: str) -> None:
    subject, must = READING[name]
    [policy] = plan_of(SELECT + POLICY.format(subject=subject, must=must)).policies
    graph = graph_of(WORLD)
    assert Evaluator(graph, vocabulary(), TODAY).evaluate(policy).result == "not_applicable"
    assert Evaluator(graph, vocabulary(), TODAY, graph).evaluate(policy).result == "fail"


def test_one_that_does_not_is_judged() -> None:
    [policy] = plan_of(SELECT + POLICY.format(subject="each: agent", must="entry")).policies
    assert Evaluator(graph_of(WORLD), vocabulary(), TODAY).evaluate(policy).result == "fail"
