"""What expressions become: where a step is held, what an aggregate gives, which question `is` asks."""

import pytest
from tests.support.worlds import plan_of, policy_of

from shipcheck.describe.cost import cost_of
from shipcheck.language.analysis.normal import NormalForms
from shipcheck.model.expression import Aggregate, Compare, Expression, Given, Like, Literal_, Not, Path, Present, Quantified
from shipcheck.model.policy import EachRemoved, Must, MustNotCycle, MustNotReach

GATE = "unless_through: gate where to.effects all in covers"


def condition_of(subject: str, text: str) -> Expression:
    policy = policy_of(f"{subject}\nmust: '{text}'")
    assert isinstance(policy.verb, Must)
    return policy.verb.condition


def left_of(subject: str, text: str) -> Expression:
    condition = condition_of(subject, text)
    assert isinstance(condition, Compare)
    return condition.left


@pytest.mark.parametrize(
    ("subject", "text", "steps"),
    [
        ("each: action", "base.sensitivity == low", [("base", "base", "action"), ("sensitivity", "value", "choice")]),
        ("each: action or agent", 'base.owner == "team:x"', [("base", "base", "action or agent"), ("owner", "value", "team")]),
        (
            "each: agent",
            'owner.base.title == "x"',
            [("owner", "value", "team"), ("base", "base", "team"), ("title", "value", "text")],
        ),
    ],
)
def test_base_is_a_step_of_every_kind(subject: str, text: str, steps: list[tuple[str, str, str]]) -> None:
    path = left_of(subject, text)
    assert isinstance(path, Path)
    assert [(step.name, step.source, str(step.type).partition(" of ")[0]) for step in path.steps] == steps


def test_present_asks_the_base_of_base_and_this_revision_of_everything_else() -> None:
    assert isinstance(condition_of("each: agent", "base is present"), Given)
    assert condition_of("each: agent", "base is present") == condition_of("each: agent", "base is set")
    assert isinstance(condition_of("each: agent", "owner.base is present"), Given)
    assert isinstance(condition_of("each: agent", "owner is present"), Present)
    absent = condition_of("each: agent", "owner is not present")
    assert isinstance(absent, Not)
    assert isinstance(absent.part, Present)


def test_what_is_removed_is_looked_at_in_the_base() -> None:
    policy = policy_of("each: removed gate or action where owner is set\nmust: owner is present\nmessage: '{subject} of {owner}'")
    assert isinstance(policy.subject, EachRemoved)
    assert policy.subject.selector.kinds == ("action", "gate")


def test_each_element_may_be_present() -> None:
    condition = condition_of("each: removed gate", "no a in guards satisfies a is present")
    assert isinstance(condition, Quantified)
    assert isinstance(condition.condition, Present)


@pytest.mark.parametrize("pattern", ["Pay*", "*", "a*b*c", "", "50%", "[a]?"])
def test_like_keeps_its_pattern(pattern: str) -> None:
    condition = condition_of("each: agent", f'title like "{pattern}"')
    assert isinstance(condition, Like)
    assert condition.pattern == pattern
    assert isinstance(condition_of("each: agent", f'title not like "{pattern}"'), Not)


@pytest.mark.parametrize(
    ("subject", "text", "word", "result"),
    [
        ("each: system", "sum(planned_by.use_cases.scorecard.value.score) > 3", "sum", "number"),
        ("each: system", "avg(planned_by.use_cases.scorecard.value.score) > 3", "avg", "number"),
        ("each: system", "min(planned_by.due) > today", "min", "date"),
        ("each: agent", "max(calls.sensitivity) >= high", "max", "choice"),
        ("each: agent", "share(calls.reversible) >= 50%", "share", "percent"),
        ("all: action", "max(sensitivity) >= high", "max", "choice"),
        ("all: integration", "avg(due - today) > 3d", "avg", "duration"),
        ("all: agent", "max(count(calls)) > 3", "max", "number"),
        ("each: link calls", "max(gates.approvals) >= 2", "max", "number"),
        ("each: removed agent", "max(calls.sensitivity) < high", "max", "choice"),
    ],
)
def test_an_aggregate_gives_what_it_takes(subject: str, text: str, word: str, result: str) -> None:
    aggregate = left_of(subject, text)
    assert isinstance(aggregate, Aggregate)
    assert (aggregate.word, aggregate.type.name) == (word, result)
    assert (aggregate.items is None) is subject.startswith("all")


def test_aggregates_of_lists_stand_in_ladders_and_messages_too() -> None:
    policy = policy_of(
        "each: agent\nmust: unique(calls.title)\nmessage: '{max(calls.sensitivity)}'\n"
        "severity:\n  - error when share(calls.reversible) < 50%\n  - note"
    )
    spoken = [part for part in policy.message if isinstance(part, Aggregate)]
    assert [aggregate.type.name for aggregate in spoken] == ["choice"]
    assert isinstance(policy.severity[0].when, Compare)


def test_beside_a_choice_a_bare_word_is_its_word() -> None:
    condition = condition_of("each: prompt", "source == file")
    assert isinstance(condition, Compare)
    assert isinstance(condition.right, Literal_)
    assert condition.right.value == "file"


def test_a_cycle_and_a_bounded_walk_keep_what_is_written() -> None:
    cycle = policy_of("all: agent or action\nmust_not_cycle: true\nalong: calls, starts\nmessage: '{subject} {subject.owner}'")
    assert cycle.verb == MustNotCycle(("calls", "starts"))
    walk = policy_of("each: agent\nmust_not_reach: action\nalong: calls\nwithin: 2")
    assert isinstance(walk.verb, MustNotReach)
    assert walk.verb.within == 2


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("entry and owner is set", "owner is set and entry", True),
        ("not (entry == true)", "entry != true", True),
        ("count(calls) > 3", "3 < count(calls)", True),
        ("some x in calls satisfies x.reversible", "some y in calls satisfies y.reversible", True),
        ("no x in calls satisfies x.reversible", "not (some x in calls satisfies x.reversible)", True),
        ("autonomy in [asks, acts]", "autonomy in [acts, asks, acts]", True),
        ("entry and (entry and owner is set)", "owner is set and entry", True),
        ("entry or owner is set", "owner is set and entry", False),
        ("count(calls) > 3", "count(calls) >= 3", False),
        ("some x in calls satisfies x.reversible", "every x in calls satisfies x.reversible", False),
        ("count(calls) - 1 > 3", "1 - count(calls) > 3", False),
        ("base.entry", "entry", False),
    ],
)
def test_conditions_that_mean_the_same_have_one_normal_form(first: str, second: str, same: bool) -> None:  # noqa: FBT001
    forms = NormalForms()
    policies = [policy_of(f"each: agent\nmust: '{text}'") for text in (first, second)]
    assert (forms.policy(policies[0]) == forms.policy(policies[1])) is same


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("must: owner is set", "one pass over the graph"),
        ("must_not_reach: action\nalong: calls", "one pass over the graph"),
        ("must_not_reach: action where owner != from.owner\nalong: calls", "one pass for each distinct value of from.owner"),
        (
            f"must_not_reach: action\nalong: calls\n{GATE} and from.owner in approvers",
            "one pass for each distinct value of from.owner and to.effects",
        ),
        ("must_reach: team where it == from.owner\nalong: escalates_to", "one pass for each distinct value of from.owner"),
        ("must_not_reach: action where from in called_by\nalong: calls", "one pass for each subject"),
        ("must_not_reach: action\nalong: calls\nunless_through: gate where to in guards", "one pass for each target"),
    ],
)
def test_the_cost_is_what_target_and_gates_read(text: str, shown: str) -> None:
    assert cost_of(policy_of(f"each: agent\n{text}")).shown == shown


def test_a_pack_keeps_its_named_selectors_and_the_bounds_of_its_parameters() -> None:
    pack = plan_of(
        """
        params: {least: {type: number, default: 2, min: 1, max: 5, may: any}}
        select: {risky: action where sensitivity >= high}
        policies:
          - {id: a, title: A, why: B, each: risky, must: count(called_by) >= $least}
        """
    ).packs[0]
    assert [(item.name, item.selector.kinds) for item in pack.selectors] == [("risky", ("action",))]
    assert [(item.least, item.most) for item in pack.parameters] == [(1, 5)]
