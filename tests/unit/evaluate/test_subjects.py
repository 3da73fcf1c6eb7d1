"""What is judged one by one, how it is printed, and where its findings are."""

import pytest
from tests.support.worlds import findings, judge, only, policy_of

LINKS = """
    shipcheck: 1
    agents:
      a: {calls: [{to: pay, through: [g]}, pay, look], delegates_to: [b]}
      b: {calls: [pay], entry: false}
    actions: {pay: {}, look: {}}
    gates: {g: {}, h: {}}
"""


def subjects(policy: str, world: str) -> list[str]:
    return [found.subject for found in findings(policy, world)]


def test_a_second_item_between_the_same_two_has_a_number() -> None:
    assert sorted(subjects("each: link calls\nmust: false", LINKS)) == [
        "agent:a calls action:look",
        "agent:a calls action:pay",
        "agent:a calls action:pay#2",
        "agent:b calls action:pay",
    ]


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_items_are_numbered_as_they_are_written_whatever_their_gates_are_called(names: str) -> None:
    world = f"""
        shipcheck: 1
        agents: {{x: {{calls: [{{to: pay, through: [{names[0]}]}}, {{to: pay, through: [{names[1]}]}}, pay]}}}}
        actions: {{pay: {{}}}}
        gates: {{a: {{}}, b: {{}}}}
    """
    said = {found.subject: found.message for found in findings("each: link calls\nmust: false\nmessage: '{through}'", world)}
    assert said == {
        "agent:x calls action:pay": f"[{names[0]}]",
        "agent:x calls action:pay#2": f"[{names[1]}]",
        "agent:x calls action:pay#3": "[]",
    }


def test_the_number_of_an_item_does_not_depend_on_what_is_left_out() -> None:
    open_items = findings("each: link calls where count(through) >= 1\nmust: false", LINKS)
    gated_items = findings("each: link calls where count(through) == 0\nmust: false", LINKS)
    assert sorted(found.subject for found in (*open_items, *gated_items)) == sorted(
        subjects("each: link calls\nmust: false", LINKS)
    )


def test_each_item_of_a_link_stands_at_its_own_place() -> None:
    places = {found.subject: str(found.location) for found in findings("each: link calls\nmust: count(through) >= 5", LINKS)}
    assert places == {
        "agent:a calls action:look": "shipcheck.yaml:4:45",
        "agent:a calls action:pay": "shipcheck.yaml:4:20",
        "agent:a calls action:pay#2": "shipcheck.yaml:4:40",
        "agent:b calls action:pay": "shipcheck.yaml:5:15",
    }


def test_links_of_several_names_are_subjects_together() -> None:
    assert len(subjects("each: link calls, delegates_to\nmust: false", LINKS)) == 5


def test_gates_of_a_link_are_those_it_passes_and_those_that_guard_its_end() -> None:
    world = """
        shipcheck: 1
        agents: {a: {calls: [{to: pay, through: [g]}, {to: look, through: [g, h]}, log]}}
        actions: {pay: {guarded_by: [g, h]}, look: {}, log: {guarded_by: [h]}}
        gates: {g: {}, h: {}}
    """
    said = {
        found.subject.rpartition(":")[2]: found.message
        for found in findings("each: link calls\nmust: false\nmessage: '{through} {gates} {count(gates)}'", world)
    }
    assert said == {"pay": "[g] [g, h] 2", "look": "[g, h] [g, h] 2", "log": "[] [h] 1"}


PORTFOLIO = """
    shipcheck: 1
    portfolios: {finance: {owner: board}, care: {}}
    use_cases:
      b: {portfolio: finance, decision: {result: selected, round: "2026-q3"}, title: Same}
      a: {portfolio: finance, decision: {result: rejected, round: "2026-q3"}, title: Same}
      c: {portfolio: finance, decision: {round: "2026-q4"}, title: Other}
      d: {portfolio: care, title: Same, review_due: 2026-12-01}
      e: {title: Lost}
    teams: {board: {}}
"""


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("all: use_case\nmust: false", ["use_case[]"]),
        (
            "all: use_case\nper: portfolio\nmust: false",
            ["portfolio:finance", "portfolio:care", "use_case[portfolio=(missing)]"],
        ),
        (
            "all: use_case\nper: portfolio, decision.round\nmust: false",
            [
                "use_case[portfolio=finance, decision.round=2026-q3]",
                "use_case[portfolio=finance, decision.round=2026-q4]",
                "use_case[portfolio=care, decision.round=(missing)]",
                "use_case[portfolio=(missing), decision.round=(missing)]",
            ],
        ),
        (
            "all: use_case\nper: decision.result\nmust: false",
            [
                "use_case[decision.result=rejected]",
                "use_case[decision.result=selected]",
                "use_case[decision.result=(missing)]",
            ],
        ),
        (
            "all: use_case\nper: review_due\nmust: false",
            ["use_case[review_due=(missing)]", "use_case[review_due=2026-12-01]"],
        ),
        ("all: use_case or team\nmust: false", ["team or use_case[]"]),
        ("all: use_case\nper: portfolio\nmust: unique(title)", ["portfolio:finance"]),
        ("all: gate\nmust: false", []),
    ],
)
def test_a_group_is_printed_as_what_its_members_share(policy: str, expected: list[str]) -> None:
    assert subjects(policy, PORTFOLIO) == expected


def test_a_group_stands_at_its_first_member_and_names_them_all() -> None:
    found = only("all: use_case\nper: portfolio\nmust: unique(title)", PORTFOLIO)
    assert (str(found.location), found.members) == ("shipcheck.yaml:6:3", ("use_case:a", "use_case:b", "use_case:c"))
    assert (found.owner, found.owner_of) == ("team:board", "portfolio:finance")


def test_no_group_is_not_applicable() -> None:
    assert judge(policy_of("all: gate\nmust: false"), PORTFOLIO).result == "not_applicable"


def test_the_message_of_a_group_names_what_its_members_share() -> None:
    policy = "all: use_case\nper: portfolio, decision.round\nmust: false\nmessage: '{portfolio}/{decision_round}: {count()}'"
    assert [found.message for found in findings(policy, PORTFOLIO)] == [
        "finance/2026-q3: 2",
        "finance/2026-q4: 1",
        "care/decision_round not declared: 1",
        "portfolio not declared/decision_round not declared: 1",
    ]


def test_a_field_of_a_member_is_its_own_even_where_the_group_shares_one_of_that_name() -> None:
    policy = "all: use_case\nper: portfolio\nmust: false\nmessage: '{count(portfolio is set)}'"
    assert [found.message for found in findings(policy, PORTFOLIO)] == ["3", "1", "0"]


PLACES = """
    shipcheck: 1
    defaults: {owner: gone}
    agents:
      a: {entry: false, title: A}
      b:
        title: B
        calls: [pay]
    actions: {pay: {sensitivity: high}}
    use_cases: {u: {scorecard: {value: {score: 2}}}}
    teams: {gone: {active: false}}
"""


@pytest.mark.parametrize(
    ("policy", "places"),
    [
        ("each: agent\nmust: entry", ["shipcheck.yaml:5:14"]),
        ('each: agent where title == "B"\nmust: autonomy is set', ["shipcheck.yaml:6:3"]),
        ("each: agent\nmust: owner.active", ["shipcheck.yaml:5:3", "shipcheck.yaml:6:3"]),
        ("each: link calls\nmust: from.title == to.title", ["shipcheck.yaml:8:13"]),
        ("each: use_case\nmust: scorecard.value.score >= 3", ["shipcheck.yaml:10:44"]),
        ("each: use_case\nmust: scorecard.value.evidence is set", ["shipcheck.yaml:10:36"]),
        ("each: use_case\nmust: scorecard.scored_on is set", ["shipcheck.yaml:10:28"]),
        ("each: agent\nmust: no x in calls satisfies x.sensitivity == high", ["shipcheck.yaml:8:12"]),
        ("each: agent\nmust_not_reach: action\nalong: calls", ["shipcheck.yaml:8:13"]),
        ('each: agent where title == "B"\nmust_reach: team\nalong: escalates_to', ["shipcheck.yaml:6:3"]),
    ],
)
def test_a_finding_stands_at_the_field_that_fails_else_at_the_key(policy: str, places: list[str]) -> None:
    assert [str(found.location) for found in findings(policy, PLACES)] == places


def test_results_count_subjects_and_failures() -> None:
    result = judge(policy_of("each: agent\nmust: entry"), PLACES)
    assert (result.result, result.subjects, result.failed, len(result.findings)) == ("fail", 2, 1, 1)
    result = judge(policy_of("each: agent\nmust: title is set"), PLACES)
    assert (result.result, result.subjects, result.failed, len(result.findings)) == ("pass", 2, 0, 0)


MOVED = """
    # A comment.


    shipcheck: 1
    teams: {gone: {active: false}}
    actions:
      pay:
        sensitivity: high
    use_cases: {u: {scorecard: {value: {score: 2}}}}
    agents:
      b: {calls: [{to: pay, through: []}], title: B}
      a: {title: A,
          entry: false}
    defaults: {owner: gone}
"""


@pytest.mark.parametrize(
    "policy",
    [
        "each: agent\nmust: entry",
        "each: agent\nmust: owner.active",
        "each: agent\nmust_not_reach: action\nalong: calls",
        "each: link calls\nmust: false",
        "all: agent\nper: owner\nmust: false",
        "each: use_case\nmust: scorecard.value.score >= 3",
    ],
)
def test_fingerprints_do_not_move_with_lines(policy: str) -> None:
    before = [(found.subject, found.target, found.fingerprint) for found in findings(policy, PLACES)]
    after = [(found.subject, found.target, found.fingerprint) for found in findings(policy, MOVED)]
    assert before
    assert before == after


def test_fingerprints_tell_findings_apart() -> None:
    found = [
        *findings("each: agent\nmust: false", PLACES),
        *findings("id: other\neach: agent\nmust: false", PLACES),
        *findings("each: agent\nmust_not_reach: action\nalong: calls", PLACES),
        *findings("each: link calls\nmust: false", LINKS),
    ]
    assert len({one.fingerprint for one in found}) == len(found)
    assert all(len(one.fingerprint) == 32 for one in found)
