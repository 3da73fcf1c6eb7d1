"""What is called impossible is never yes, and what is called certain never no: against a naive reading, and case by case."""

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.authors import SELECT, Author, text_of
from tests.support.cases import cases
from tests.support.meaning import Meaning
from tests.support.random_worlds import KINDS, Data, Kind, random_world
from tests.support.worlds import policy_of, vocabulary

from shipcheck.language.analysis.possible import Effort, is_always, is_possible_condition
from shipcheck.model.expression import Expression
from shipcheck.model.policy import Must

WORLDS = 60


@cache
def world_of(number: int) -> Data:
    return random_world(Random(number))  # noqa: S311 - a world, not a secret


def typed(kind: str, text: str) -> Expression:
    quoted = text.replace("'", "''")
    policy = policy_of(f"each: {kind}\nmust: '{quoted}'", above=SELECT)
    assert isinstance(policy.verb, Must)
    return policy.verb.condition


def possible(kind: str, text: str) -> bool:
    return is_possible_condition(typed(kind, text), {"it": (kind,)}, vocabulary(), Effort())


def always(kind: str, text: str, *given_texts: str) -> bool:
    given = tuple(typed(kind, known) for known in given_texts)
    return is_always(typed(kind, text), given, {"it": (kind,)}, vocabulary(), Effort())


@cases(500)
@given(st.integers(0, 2**40))
def test_no_world_gainsays_it(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    kind = random.choice(sorted(KINDS))
    condition = Author(random).condition({"it": Kind((kind,))}, "it")
    expression = typed(kind, text_of(condition))
    kinds = {"it": (kind,), "subject": (kind,)}
    wrong: set[bool | None] = set()
    if not is_possible_condition(expression, kinds, vocabulary(), Effort()):
        wrong |= {True}
    if is_always(expression, (), kinds, vocabulary(), Effort()):
        wrong |= {False}
    for number in range(WORLDS) if wrong else ():
        world = world_of(number)
        for reference in world.components:
            if reference.startswith(f"{kind}:"):
                found = Meaning(world).of(condition, {"it": reference, "subject": reference})
                assert found not in wrong, (text_of(condition), reference)


IMPOSSIBLE = (
    ("action", "sensitivity >= high and sensitivity == low"),
    ("action", "sensitivity > critical"),
    ("action", "sensitivity < low"),
    ("action", "sensitivity in [low, medium] and sensitivity in [high]"),
    ("action", "sensitivity != low and sensitivity <= low"),
    ("action", "reversible and not reversible"),
    ("action", "reversible == true and reversible == false"),
    ("action", "state is missing"),
    ("action", "calls is set and false".replace("calls", "writes_to")),
    ("action", "payments in effects and payments not in effects"),
    ("action", "it is risky and sensitivity == medium"),
    ("action", "some s in writes_to satisfies (s.external and not s.external)"),
    ("action", "(some s in writes_to satisfies s.external) and no s in writes_to satisfies s.external"),
    ("gate", "approvals > 3 and approvals < 4"),
    ("gate", "approvals < 1"),
    ("gate", "approvals >= 100"),
    ("gate", "count(approvers) < 0"),
    ("gate", "count(approvers) == 1 and count(approvers) == 2"),
    ("gate", "approvals < 2 and 2 <= approvals"),
    ("gate", "approvals >= 1 and approvals <= 2 and approvals not in [1, 2]"),
    ("use_case", "review_due >= 2027-01-01 and review_due < 2027-01-01"),
    ("use_case", "scorecard.value.score > 5"),
    ("use_case", 'title == "a" and title == "b"'),
    ("use_case", 'owner == "team:a" and owner == "team:b"'),
    ("use_case", 'owner == "team:a" and owner != "team:a"'),
    ("use_case", "(stage == pilot or stage == production) and stage <= candidate"),
    ("use_case", "stage == pilot and not (stage == pilot or stage == production)"),
    ("use_case", "title is set and title is missing"),
    ("use_case", "title != title"),
    ("use_case", "review_due < today and review_due >= today"),
    ("use_case", "1 > 2"),
)
POSSIBLE = (
    ("action", "sensitivity >= high and sensitivity <= high"),
    ("action", "declared.sensitivity is missing and declared.sensitivity != low"),
    ("action", "it is risky and sensitivity == critical"),
    ("action", "not it is risky and sensitivity == critical"),
    ("action", "some s in writes_to satisfies s.external and reversible"),
    ("action", "(some s in writes_to satisfies s.external) and some s in writes_to satisfies not s.external"),
    ("gate", "approvals > 3 and approvals < 5"),
    ("gate", "approvals >= 1 and approvals <= 3 and approvals not in [1, 2]"),
    ("use_case", "review_due >= 2027-01-01 and review_due <= 2027-01-01"),
    ("use_case", "review_due < today and review_due >= 2020-01-01"),
    ("use_case", 'title != "a" and title != "b"'),
    ("use_case", "stage == pilot or stage == production and stage <= candidate"),
)
ALWAYS = (
    ("action", "reversible or not reversible", ()),
    ("action", "state is set", ()),
    ("action", "writes_to is set", ()),
    ("action", "sensitivity is set", ()),
    ("action", "sensitivity >= low", ()),
    ("gate", "approvals >= 1", ()),
    ("gate", "count(approvers) >= 0", ()),
    ("gate", "covers all in covers", ()),
    ("use_case", "stage >= candidate", ("stage >= pilot",)),
    ("use_case", "stage != retired", ("stage == pilot",)),
)
SOMETIMES = (
    ("action", "declared.sensitivity is set", ()),
    ("gate", "approvals >= 2", ()),
    ("use_case", "portfolio is set", ()),
    ("use_case", "stage >= pilot", ("stage >= candidate",)),
)


@pytest.mark.parametrize(("kind", "text"), IMPOSSIBLE)
def test_what_contradicts_itself_is_impossible(kind: str, text: str) -> None:
    assert not possible(kind, text)


@pytest.mark.parametrize(("kind", "text"), POSSIBLE)
def test_what_can_be_is_possible(kind: str, text: str) -> None:
    assert possible(kind, text)


@pytest.mark.parametrize(("kind", "text", "known"), ALWAYS)
def test_what_cannot_fail_is_always_true(kind: str, text: str, known: tuple[str, ...]) -> None:
    assert always(kind, text, *known)


@pytest.mark.parametrize(("kind", "text", "known"), SOMETIMES)
def test_what_can_fail_is_not_always_true(kind: str, text: str, known: tuple[str, ...]) -> None:
    assert not always(kind, text, *known)


def test_a_parameter_is_no_constant_since_settings_tighten_it() -> None:
    above = "params: {least: {type: number, default: 200}}"
    policy = policy_of("each: gate where approvals >= $least\nmust: owner is set", above=above)
    assert policy.parameters == ("least",)


def test_beyond_the_effort_everything_is_possible() -> None:
    impossible = typed("action", "sensitivity > critical")
    assert is_possible_condition(impossible, {"it": ("action",)}, vocabulary(), Effort(0))
