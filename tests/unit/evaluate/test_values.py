"""Dates, durations, numbers, percentages, words and components, with their boundaries."""

from datetime import date
from typing import Any

import pytest
from tests.support.worlds import TODAY, findings, graph_of, policy_of, vocabulary

from shipcheck.evaluate.graph_view import GraphView
from shipcheck.model.expression import Compare
from shipcheck.model.policy import Must

Truth = bool | None


def holds(condition: str, world: str, kind: str, *, above: str = "", today: date = TODAY) -> Any:
    """What a condition is for the first component of a kind."""
    policy = policy_of(f"each: {kind}\nmust: '{condition}'", above=above)
    assert isinstance(policy.verb, Must)
    graph = graph_of(f"shipcheck: 1\n{world}\n")
    return GraphView(graph, vocabulary(), today).conditions.function(policy.verb.condition, ("it",))(graph.kinds[kind][0])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("due == 2026-11-22", True),
        ("due == today", True),
        ("due >= today", True),
        ("due > today", False),
        ("due < today + 1d", True),
        ("due <= today - 1d", False),
        ("due - today == 0d", True),
        ("due + 2w == 2026-12-06", True),
        ("due - 30d == 2026-10-23", True),
        ("due - 2026-01-01 == 325d", True),
        ("due - 2026-01-01 > 46w", True),
        ("2027-01-01 - due + 1d == 41d", True),
        ("2w - 1d == 13d", True),
        ("due + $grace >= 2027-02-20", True),
        ("due + $grace >= 2027-02-21", False),
    ],
)
def test_dates_and_durations(condition: str, expected: Truth) -> None:
    above = "params: {grace: {type: days, default: 90}}"
    assert holds(condition, "integrations: {i: {due: 2026-11-22}}", "integration", above=above) is expected


def test_a_day_beyond_the_calendar_is_unknown() -> None:
    assert holds("due + 366000d > today", "integrations: {i: {due: 9999-12-31}}", "integration") is None
    assert holds("due - 366000d < today", "integrations: {i: {due: 0001-01-01}}", "integration") is None


def test_today_is_the_day_that_is_asked_for() -> None:
    policy = policy_of("each: integration\nmust: due >= today\nmessage: '{today}'")
    world = "shipcheck: 1\nintegrations: {i: {due: 2026-11-22}}\n"
    assert not findings("each: integration\nmust: due >= today", world, today=date(2026, 11, 22))
    assert findings("each: integration\nmust: due >= today", world, today=date(2026, 11, 23))
    assert policy.message


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("retention_days == 30", True),
        ("retention_days == 30.0", True),
        ("retention_days / 4 == 7.5", True),
        ("retention_days * 2 + 1 == 61", True),
        ("retention_days - 40 < 0", True),
        ("retention_days >= 30.5", False),
        ("1 + 2 * 3 == 7", True),
        ("(1 + 2) * 3 == 9", True),
        ("10 - 3 - 2 == 5", True),
        ("retention_days in [10, 20, 30]", True),
        ("retention_days not in [10, 20]", True),
    ],
)
def test_numbers(condition: str, expected: Truth) -> None:
    assert holds(condition, "audit_sinks: {s: {retention_days: 30}}", "audit_sink") is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("sensitivity >= low", True),
        ("sensitivity >= high", True),
        ("sensitivity > high", False),
        ("critical >= sensitivity", True),
        ("sensitivity == high", True),
        ("sensitivity != low", True),
        ("sensitivity in [low, high]", True),
        ("payments in effects", True),
        ("egress in effects", False),
        ("[payments] all in effects", True),
        ("[payments, egress] all in effects", False),
        ("effects all in [payments, egress]", True),
        ('title == "Pay"', True),
        ('title == "pay"', False),
        ('name == "pay"', True),
        ("reversible == false", True),
        ("reversible != true", True),
    ],
)
def test_words_and_texts(condition: str, expected: Truth) -> None:
    world = "actions: {pay: {sensitivity: high, effects: [payments], title: Pay, reversible: false}}"
    assert holds(condition, world, "action") is expected


@pytest.mark.parametrize(
    ("selected", "of", "limit", "expected"),
    [
        (2, 5, "40%", True),
        (1, 3, "33.3%", False),
        (1, 3, "33.4%", True),
        (0, 3, "0%", True),
        (3, 3, "100%", True),
        (1, 2, "49.9%", False),
        (3, 10, "30%", True),
        (7, 100, "7%", True),
        (29, 100, "29%", True),
        (57, 100, "57%", True),
        (7, 1000, "0.7%", True),
        (9, 1000, "0.9%", True),
        (8, 1000, "0.7%", False),
    ],
)
def test_a_share_meets_its_limit_exactly(selected: int, of: int, limit: str, expected: Truth) -> None:
    cases = [f"  u{number}: {{audience: staff, stage: {'pilot' if number < selected else 'candidate'}}}" for number in range(of)]
    world = "\n".join(["shipcheck: 1", "use_cases:", *cases, ""])
    assert (not findings(f"all: use_case\nmust: share(stage == pilot) <= {limit}", world)) is expected


ONE_OF_TWO = """
    namespace: bank
    agents: {a: {owner: desk, calls: [pay]}}
    actions: {pay: {}}
    teams: {desk: {}}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('owner == "team:bank/desk"', True),
        ('owner != "team:bank/desk"', False),
        ('owner in ["team:bank/desk", "team:bank/pay"]', True),
        ('owner == "team:desk"', None),
        ('"action:bank/pay" in calls', True),
        ('"team:bank/desk" == owner', True),
        ("owner == owner", True),
        ('it == "agent:bank/a"', True),
        ('name == "a"', True),
    ],
)
def test_components_are_named_in_full(condition: str, expected: Truth) -> None:
    world = "\n".join(line.strip() for line in ONE_OF_TWO.strip().splitlines())
    assert holds(condition, world, "agent") is expected


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("{it}", "a"),
        ("{owner}", "bank/desk"),
        ("{calls}", "[bank/pay, bank/say]"),
        ("{calls.declared.sensitivity}", "[high, not declared]"),
        ("{calls.effects}", "[payments, egress, not declared]"),
        ("{title}", "title not declared"),
        ("{owner.contact}", "contact not declared"),
        ("{entry}", "true"),
        ("{count(calls)}", "2"),
        ("{count(calls) / 4}", "0.5"),
        ("{today}", "2026-11-22"),
        ("{today + 1d}", "2026-11-23"),
        ("{today - 2026-11-21}", "1 day"),
        ("{2026-11-21 - today}", "-1 days"),
        ("{7d}", "7 days"),
        ("{40%}", "40%"),
        ("{12.5%}", "12.5%"),
        ("{calls.declared.sensitivity} is {entry}", "[high, not declared] is true"),
    ],
)
def test_values_are_printed_as_people_read_them(said: str, message: str) -> None:
    world = """
        shipcheck: 1
        namespace: bank
        agents: {a: {owner: desk, calls: [pay, say]}}
        actions: {pay: {sensitivity: high, effects: [payments, egress]}, say: {}}
        teams: {desk: {}}
    """
    found = findings(f"each: agent\nmust: false\nmessage: '{said}'", world)
    assert [one.message for one in found] == [message.replace("a", "bank/a") if said == "{it}" else message]


def test_floats_are_shares_of_what_is_counted() -> None:
    world = "shipcheck: 1\nuse_cases: {a: {stage: pilot, audience: staff}, b: {stage: candidate}, c: {stage: candidate}}\n"
    said = "{share(stage == pilot)} {count()} {max(scorecard.value.score)}"
    found = findings(f"all: use_case\nmust: false\nmessage: '{said}'", world)
    assert [one.message for one in found] == ["33.3% 3 max(scorecard.value.score) not declared"]


@pytest.mark.parametrize(
    ("scores", "word", "expected"),
    [
        ((1, 2, 3), "sum", 6),
        ((1, 2, 3), "avg", 2),
        ((1, 2, 3), "min", 1),
        ((1, 2, 3), "max", 3),
        ((4,), "avg", 4),
        ((1, None, 3), "sum", None),
        ((1, None, 3), "max", None),
        ((None,), "min", None),
    ],
)
def test_numbers_over_members(scores: tuple[int | None, ...], word: str, expected: float | None) -> None:
    cases = [
        f"  u{number}: {{scorecard: {{value: {{{'' if score is None else f'score: {score}'}}}}}}}"
        for number, score in enumerate(scores)
    ]
    world = "\n".join(["shipcheck: 1", "use_cases:", *cases, ""])
    policy = policy_of(f"all: use_case\nmust: {word}(scorecard.value.score) == 0")
    assert isinstance(policy.verb, Must)
    graph = graph_of(world)
    compared = policy.verb.condition
    assert isinstance(compared, Compare)
    members = tuple(graph.kinds["use_case"])
    assert GraphView(graph, vocabulary(), TODAY).conditions.function(compared.left, ("members",))(members) == expected


@pytest.mark.parametrize(
    ("dates", "word", "expected"),
    [(("2026-01-01", "2026-03-01"), "max", "2026-03-01"), (("2026-01-01", "2026-03-01"), "min", "2026-01-01")],
)
def test_the_first_and_the_last_day(dates: tuple[str, ...], word: str, expected: str) -> None:
    cases = [f"  i{number}: {{due: {day}}}" for number, day in enumerate(dates)]
    world = "\n".join(["shipcheck: 1", "integrations:", *cases, ""])
    assert not findings(f"all: integration\nmust: {word}(due) == {expected}", world)


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("A", "B"), True),
        (("A", "A"), False),
        (("A", None), None),
        (("A", "A", None), False),
        ((None, None), None),
        (("A",), True),
    ],
)
def test_unknown_values_are_not_distinct_ones(titles: tuple[str | None, ...], expected: Truth) -> None:
    cases = [f"  u{number}: {{{'' if title is None else f'title: {title}'}}}" for number, title in enumerate(titles)]
    graph = graph_of("\n".join(["shipcheck: 1", "use_cases:", *cases, ""]))
    policy = policy_of("all: use_case\nmust: unique(title)")
    assert isinstance(policy.verb, Must)
    assert (
        GraphView(graph, vocabulary(), TODAY).conditions.function(policy.verb.condition, ("members",))(tuple(range(len(titles))))
        is expected
    )
