"""Findings against a truth: what is a hit, a miss, an extra and neither, each in the smallest case."""

from typing import Any

import pytest

from discovery.findings import Findings, Found, FoundEffect, FoundLink, Lines, findings_of
from discovery.scoring import Score, score
from discovery.truths import Place, Truth, is_test, truth_of


def truth(*components: dict[str, Any], **more: Any) -> Truth:
    """A truth of a repository that was read whole."""
    data = {"repository": "a/b", "commit": "0" * 40, "scope": ["."], "links": [], "effects": [], "components": list(components)}
    return truth_of("b", data | more)


def item(line: int, name: str = "refund", kind: str = "action", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "file": "a.py", "line": line, **more}


def found(line: int, name: str = "refund", kind: str = "action", path: str = "a.py") -> Found:
    return Found(kind, f"{kind}:{path}#{name}:{line}", frozenset([name]), (Place(path, line),), name)


def actions(true: Truth, *some: Found) -> Score:
    return score(true, Findings(some))["action"]


def counts(result: Score) -> tuple[int, int, int]:
    """Hits, misses and extras."""
    return result.hits, len(result.misses), len(result.extras)


def test_the_same_line_is_a_hit_under_any_name() -> None:
    assert counts(actions(truth(item(3)), found(3, "other"))) == (1, 0, 0)


def test_what_is_not_found_is_a_miss_and_what_is_not_there_an_extra() -> None:
    result = actions(truth(item(3)), found(30, "other"))
    assert counts(result) == (0, 1, 1)
    assert [(line.name, line.place) for line in (*result.misses, *result.extras)] == [("refund", "a.py:3"), ("other", "a.py:30")]


@pytest.mark.parametrize("line", [2, 4])
def test_the_next_line_is_a_hit(line: int) -> None:
    assert counts(actions(truth(item(3)), found(line, "other"))) == (1, 0, 0)


def test_two_lines_off_is_none() -> None:
    assert counts(actions(truth(item(3)), found(5, "other"))) == (0, 1, 1)


def test_another_line_that_a_reader_may_cite_is_a_hit() -> None:
    assert counts(actions(truth(item(3, also=[30, "b.py:7"])), found(30, "other"))) == (1, 0, 0)
    assert counts(actions(truth(item(3, also=[30, "b.py:7"])), found(7, "other", path="b.py"))) == (1, 0, 0)


@pytest.mark.parametrize("alias", ["give_back", ["x", "give_back"]])
def test_an_alias_is_a_hit_in_the_same_file_only(alias: object) -> None:
    assert counts(actions(truth(item(3, alias=alias)), found(90, "give_back"))) == (1, 0, 0)
    assert counts(actions(truth(item(3, alias=alias)), found(90, "give_back", path="b.py"))) == (0, 1, 1)


def test_another_kind_is_none() -> None:
    result = score(truth(item(3)), Findings((found(3, kind="agent"),)))
    assert (counts(result["action"]), counts(result["agent"])) == ((0, 1, 0), (0, 0, 1))


def test_what_is_in_doubt_is_neither_required_nor_wrong() -> None:
    doubtful = truth(item(3, doubt="given to no agent"))
    assert counts(actions(doubtful)) == (0, 0, 0)
    result = actions(doubtful, found(3))
    assert (counts(result), result.neutral) == ((0, 0, 0), 1)


def test_what_is_certain_is_matched_before_what_is_in_doubt() -> None:
    both = truth(item(3, "one", doubt="perhaps"), item(3, "other"))
    assert counts(actions(both, found(3, "third"))) == (1, 0, 0)


def test_a_duplicate_is_an_extra() -> None:
    assert counts(actions(truth(item(3)), found(3), found(3, "again"))) == (1, 0, 1)


def test_two_items_of_a_line_need_two_findings() -> None:
    both = truth(item(3, "one"), item(3, "other"))
    assert counts(actions(both, found(3, "other"))) == (1, 1, 0)
    assert counts(actions(both, found(3, "other"), found(3, "one"))) == (2, 0, 0)


def test_the_better_match_is_made_first() -> None:
    both = truth(item(3, "one"), item(4, "other"))
    assert counts(actions(both, found(4, "other"), found(3, "x"))) == (2, 0, 0)


def test_a_finding_with_several_places_is_a_hit_at_each() -> None:
    several = Found("action", "k", frozenset(["x"]), (Place("a.py", 3), Place("a.py", 30), Place("a.py", 90)), "x")
    assert counts(actions(truth(item(3), item(30)), several)) == (2, 0, 0)


def test_a_finding_without_a_place_is_a_hit_by_name_and_never_an_extra() -> None:
    nameless = Found("action", "k", frozenset(["refund"]), (), "refund")
    assert counts(actions(truth(item(3)), nameless)) == (1, 0, 0)
    assert counts(actions(truth(item(3, "pay")), nameless)) == (0, 1, 0)


def test_a_model_is_the_same_without_its_provider() -> None:
    result = score(truth(item(3, "openai:gpt-4.1", kind="model")), Findings((found(90, "gpt-4.1", kind="model"),)))
    assert counts(result["model"]) == (1, 0, 0)


def test_what_was_not_read_is_not_judged() -> None:
    part = truth(item(3, file="src/a.py"), scope=["src"], left_out=["src/vendor/"])
    some = [
        found(3, path=path)
        for path in ("src/a.py", "b.py", "src/vendor/x.py", "src/tests/a.py", "src/test_a.py", "src/a.test.ts")
    ]
    assert counts(actions(part, *some)) == (1, 0, 0)


def test_a_test_is_known_by_its_name() -> None:
    assert [is_test(path) for path in ("tests/a.py", "src/contest.py", "a.spec.ts", "latest/a.py", "a_test.py")] == [
        1,
        0,
        1,
        0,
        1,
    ]


def test_parts_and_their_mean() -> None:
    result = actions(truth(item(3), item(30, "b"), item(60, "c")), found(3), found(30, "b"), found(90, "x"), found(120, "y"))
    assert (result.recall, result.precision) == (2 / 3, 1 / 2)
    assert result.f1 == pytest.approx(4 / 7)
    assert (Score().recall, Score().precision, Score().f1) == (None, None, None)
    result.add(result)
    assert counts(result) == (4, 2, 4)


AGENT = item(1, "seller", kind="agent")
CALLS = {"from": "seller", "link": "calls", "to": "refund"}


def links(true: Truth, *some: FoundLink) -> Score:
    components = found(1, "seller", kind="agent"), found(3), found(9, "pay")
    return score(true, Findings(components, tuple(some)))["calls"]


def link(to: str, value: str = "") -> FoundLink:
    return FoundLink("agent:a.py#seller:1", "calls", to, value)


def test_a_link_is_a_hit_where_both_ends_are() -> None:
    true = truth(AGENT, item(3), item(9, "pay"), links=[CALLS])
    assert counts(links(true, link("action:a.py#refund:3"))) == (1, 0, 0)
    assert counts(links(true)) == (0, 1, 0)
    assert counts(links(true, link("action:a.py#pay:9"))) == (0, 1, 1)


def test_a_link_to_what_is_not_found_needs_the_name() -> None:
    true = truth(AGENT, item(50), links=[CALLS])
    some = Findings((found(1, "seller", kind="agent"),), (link("", "refund"),))
    assert counts(score(true, some)["calls"]) == (1, 0, 0)


def test_a_link_with_a_component_that_is_not_in_the_truth_counts_once_as_that_component() -> None:
    true = truth(AGENT, item(3), links=[CALLS])
    assert counts(links(true, link("action:a.py#refund:3"), link("action:a.py#pay:9"))) == (1, 0, 0)


def test_a_link_in_doubt_or_to_what_is_in_doubt_is_neutral() -> None:
    for true in (truth(AGENT, item(3), links=[CALLS | {"doubt": "?"}]), truth(AGENT, item(3, doubt="?"), links=[CALLS])):
        assert counts(links(true)) == (0, 0, 0)
        assert counts(links(true, link("action:a.py#refund:3"))) == (0, 0, 0)
    assert counts(links(truth(AGENT, item(3, doubt="?")), link("action:a.py#refund:3"))) == (0, 0, 0)


def test_the_file_of_an_end_tells_components_of_one_name_apart() -> None:
    true = truth(AGENT, item(3), item(9, "refund", file="b.py"), links=[CALLS | {"to_file": "b.py"}])
    other = found(9, path="b.py")
    some = (found(1, "seller", kind="agent"), found(3), other)
    assert counts(score(true, Findings(some, (link("action:a.py#refund:3"),)))["calls"]) == (0, 1, 1)
    assert counts(score(true, Findings(some, (link(other.key),)))["calls"]) == (1, 0, 0)


EFFECT = {"action": "refund", "effect": "payments", "file": "a.py", "line": 5}


def effects(true: Truth, *some: tuple[str, int, int]) -> Score:
    every = tuple(FoundEffect("action:a.py#refund:3", word, Lines("a.py", line, end), "call") for word, line, end in some)
    return score(true, Findings((found(3),), (), every))["effects"]


def test_an_effect_is_right_with_its_word_and_line() -> None:
    true = truth(item(3), effects=[EFFECT])
    assert counts(effects(true, ("payments", 5, 5))) == (1, 0, 0)
    assert counts(effects(true, ("payments", 4, 9))) == (1, 0, 0)
    assert counts(effects(true, ("egress", 5, 5))) == (0, 1, 1)


def test_the_right_word_at_another_line_is_a_miss_and_no_extra() -> None:
    result = effects(truth(item(3), effects=[EFFECT]), ("payments", 50, 50))
    assert counts(result) == (0, 1, 0)
    assert result.misses[0].name == "refund: payments (found at a.py:50)"


def test_a_word_of_an_action_is_one_extra_however_often_it_is_found() -> None:
    assert counts(effects(truth(item(3)), ("egress", 5, 5), ("egress", 6, 6), ("payments", 7, 7))) == (0, 0, 2)


def test_effects_in_doubt_and_in_libraries_are_neutral() -> None:
    for more in ({"doubt": "?"}, {"prebuilt": True}):
        true = truth(item(3), effects=[EFFECT | more])
        assert counts(effects(true)) == (0, 0, 0)
        assert counts(effects(true, ("payments", 5, 5))) == (0, 0, 0)
    assert counts(effects(truth(item(3), effects=[EFFECT | {"doubt": "?"}]), ("egress", 5, 5), ("egress", 50, 50))) == (0, 0, 1)


def test_an_effect_of_an_action_that_is_not_found_is_a_miss() -> None:
    true = truth(item(30, "other", file="b.py"), effects=[EFFECT | {"action": "other"}])
    assert counts(effects(true, ("payments", 5, 5))) == (0, 1, 0)


def test_a_report_is_read_with_all_places_and_each_gate_once() -> None:
    place = {"path": "a.py", "line": 3, "column": 1, "end_line": 4, "end_column": 1}
    gate = {"name": "approve", "takes_away": False, "location": place | {"line": 8}}
    component = {
        "key": "action:a.py#Desk.refund", "kind": "action", "name": "Refund", "location": place, "also": [place | {"line": 9}],
        "links": [{"link": "calls", "to": None, "known": {"value": "pay"}}],
        "effects": [{"effect": "egress", "call": "requests.get", "location": place}],
        "gates": [gate, gate, gate | {"takes_away": True, "location": place | {"line": 20}}],
    }  # fmt: skip
    read = findings_of({"components": [component], "aside": []})
    action, candidate = read.found
    assert action.names == {"Refund", "Desk.refund", "refund"}
    assert action.places == (Place("a.py", 3), Place("a.py", 9))
    assert (candidate.kind, candidate.name, candidate.places) == ("gate", "approve", (Place("a.py", 8),))
    assert read.links == (FoundLink(action.key, "calls", "", "pay"),)
    assert read.effects == (FoundEffect(action.key, "egress", Lines("a.py", 3, 4), "requests.get"),)
