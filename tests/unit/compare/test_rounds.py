"""Recorded decisions and scores: the latest holds, later ones may be added, and no recorded one may change."""

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.compare.field_changes import FieldChange, field_changes, listed_changes
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.rewritten import rewritten
from shipcheck.compare.weaker import Declared
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import pairs
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult

Q1 = "{result: rejected, round: 2026-q1, date: 2026-02-01, by: board, reason: No data.}"
Q3 = "{result: selected, round: 2026-q3, date: 2026-09-14, by: board, reason: Clear owner.}"
Q4 = "{result: deferred, round: 2026-q4, date: 2026-12-01, by: board}"
OTHERS = "{result: deferred, round: 2026-q4, date: 2026-12-01, by: others}"
OPEN = "{result: undecided, round: 2027-q1, date: 2027-02-01}"
SCORES = "scorecard: {{value: {{score: {}, evidence: {}}}, scored_by: {}, scored_on: {}}}"
FIRST = SCORES.format(3, "docs/a.md", "board", "2026-08-01")


def manifest(body: str, name: str = "desk", stage: str = "production") -> str:
    return (
        "shipcheck: 1\nteams: {board: {}, others: {}}\n"
        f"use_cases: {{{name}: {{stage: {stage}{', ' if body else ''}{body}}}}}\n"
    )


def decision(value: str) -> str:
    return f"decision: {value}" if value else ""


def found(base: str, head: str) -> list[str]:
    return [finding.message for result in judged(graph_of(base), graph_of(head)) for finding in result.findings]


def changed(before: Graph, after: Graph) -> tuple[FieldChange, ...]:
    known = pairs(before, after)
    return field_changes(Declared(before, after, known, vocabulary()), known, lambda _code: None)


def judged(before: Graph, after: Graph) -> tuple[PolicyResult, ...]:
    known = pairs(before, after)
    declared, gravity = Declared(before, after, known, vocabulary()), Gravity(before, after, vocabulary())
    return rewritten(declared, known, changed(before, after), gravity)


@pytest.mark.parametrize(
    ("rounds", "holds"),
    [
        (Q3, "selected"),
        (f"[{Q3}]", "selected"),
        (f"[{Q1}, {Q3}]", "selected"),
        (f"[{Q3}, {Q1}]", "selected"),
        (f"[{Q1}, {Q3}, {Q4}]", "deferred"),
        (f"[{Q3}, {OPEN}]", "selected"),
        (f"[{OPEN}]", "undecided"),
        (f"[{Q3}, {{result: rejected}}]", "selected"),
        (f"[{{result: rejected}}, {Q3}]", "selected"),
        (f"[{Q3}, {{date: 2027-01-01, round: next}}]", "selected"),
    ],
)
def test_the_latest_round_holds(rounds: str, holds: str) -> None:
    graph = graph_of(manifest(decision(rounds)))
    (node,) = graph.kinds["use_case"]
    value = graph.values[node]["decision"]
    assert isinstance(value, dict)
    assert value["result"] == holds


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Q3, Q3),
        (Q3, f"[{Q3}]"),
        (Q3, f"[{Q3}, {Q4}]"),
        (Q3, f"[{Q1}, {Q3}]"),
        (Q3, f"[{Q3}, {OTHERS}]"),
        (Q3, Q4),
        (f"[{Q1}, {Q3}]", f"[{Q1}, {Q4}]"),
        (Q3, Q3.replace("Clear owner.", "A clear owner.").replace("2026-q3", "2026-III")),
        (OPEN, Q3),
        (OPEN, ""),
        ("", Q3),
        ("{result: selected}", Q3),
    ],
)
def test_what_is_added_or_worded_otherwise_is_no_finding(before: str, after: str) -> None:
    assert found(manifest(decision(before)), manifest(decision(after))) == []


@pytest.mark.parametrize(
    ("before", "after", "now"),
    [
        (Q3, Q3.replace("selected", "rejected"), "now rejected of 2026-09-14 by team:board"),
        (Q3, Q3.replace("board", "others"), "now selected of 2026-09-14 by team:others"),
        (Q3, Q3.replace("09-14", "09-01"), "gone"),
        (Q3, "", "gone"),
        (Q3, OPEN, "gone"),
        (Q3, OTHERS, "gone"),
        (Q3, "{result: deferred, by: board}", "gone"),
        (f"[{Q1}, {Q3}]", Q3, "gone"),
        (f"[{Q1}, {Q3}]", Q4, "gone"),
        (f"[{Q1}, {Q3}]", f"[{Q3}, {Q4}]", "gone"),
        (f"[{Q1}, {Q3}]", f"[{Q1.replace('rejected', 'selected')}, {Q3}]", "now selected of 2026-02-01 by team:board"),
        (Q3, f"[{Q3.replace('selected', 'rejected')}, {Q4}]", "now rejected of 2026-09-14 by team:board"),
        ("{result: selected}", "{result: rejected}", "now rejected without a date by no team"),
    ],
)
def test_a_round_that_is_changed_or_gone_is_a_finding(before: str, after: str, now: str) -> None:
    (message,) = found(manifest(decision(before)), manifest(decision(after)))
    assert message.startswith(f"decision of use_case:desk is {now}, was ")


def test_the_message_names_what_was_recorded() -> None:
    assert found(manifest(decision(Q3)), manifest("")) == [
        "decision of use_case:desk is gone, was selected of 2026-09-14 by team:board in the base"
    ]


def test_a_renamed_team_is_the_same_team() -> None:
    after = manifest(decision(Q3.replace("board", "council"))).replace("board: {}", "council: {was: board}")
    assert found(manifest(decision(Q3)), after) == []


def test_a_renamed_use_case_keeps_its_rounds() -> None:
    after = manifest(f"was: desk, {decision(Q3.replace('selected', 'rejected'))}", "counter")
    (message,) = found(manifest(decision(Q3)), after)
    assert message.startswith("decision of use_case:counter is now rejected")


def test_one_of_two_successors_keeps_the_round() -> None:
    both = f"shipcheck: 1\nteams: {{board: {{}}}}\nuse_cases: {{a: {{was: desk, {decision(Q3)}}}, b: {{was: desk}}}}\n"
    assert found(manifest(decision(Q3)), both) == []


REJECTED = Q3.replace("selected", "rejected")


@pytest.mark.parametrize(
    ("use_cases", "count"),
    [
        (f"desk: {{{decision(Q3)}}}, b: {{was: desk}}", 0),
        (f"desk: {{{decision(REJECTED)}}}, b: {{was: desk, {decision(Q3)}}}", 1),
        (f"desk: {{}}, b: {{was: desk, {decision(Q3)}}}", 1),
        (f"a: {{was: desk, {decision(REJECTED)}}}, b: {{was: desk, {decision(Q3)}}}", 1),
        (f"a: {{was: desk, {decision(f'[{Q3}, {Q4}]')}}}, b: {{was: desk, {decision(Q3)}}}", 0),
        ("a: {was: desk}, b: {was: desk}", 1),
    ],
)
def test_a_copy_that_keeps_the_rounds_does_not_let_another_change_them(use_cases: str, count: int) -> None:
    after = f"shipcheck: 1\nteams: {{board: {{}}}}\nuse_cases: {{{use_cases}}}\n"
    assert len(found(manifest(decision(Q3)), after)) == count


@pytest.mark.parametrize("teams", ["board: {}, council: {was: board}", "board: {}, council: {}, others: {was: board}"])
def test_a_team_that_is_still_there_has_no_other_name(teams: str) -> None:
    after = manifest(decision(Q3.replace("board", "others" if "others" in teams else "council")))
    assert len(found(manifest(decision(Q3)), after.replace("board: {}, others: {}", teams))) == 1


@pytest.mark.parametrize(
    ("after", "count"),
    [
        (FIRST, 0),
        (SCORES.format(3, "docs/b.md", "board", "2026-08-01"), 0),
        (SCORES.format(5, "docs/a.md", "board", "2026-10-01"), 0),
        (SCORES.format(5, "docs/a.md", "board", "2026-08-01"), 1),
        (SCORES.format(3, "docs/a.md", "others", "2026-08-01"), 1),
        (SCORES.format(5, "docs/a.md", "others", "2026-10-01"), 1),
        (SCORES.format(3, "docs/a.md", "board", "2026-07-01"), 1),
        ("", 1),
    ],
)
def test_scores_have_rounds_too(after: str, count: int) -> None:
    assert len(found(manifest(FIRST), manifest(after))) == count


@pytest.mark.parametrize(
    ("stages", "severity"),
    [
        (("production", "production"), Severity.ERROR),
        (("production", "candidate"), Severity.ERROR),
        (("candidate", "production"), Severity.ERROR),
        (("pilot, audience: staff", "pilot, audience: staff"), Severity.WARNING),
    ],
)
def test_it_is_an_error_where_production_is_reached(stages: tuple[str, str], severity: Severity) -> None:
    before, after = graph_of(manifest(decision(Q3), stage=stages[0])), graph_of(manifest("", stage=stages[1]))
    results = judged(before, after)
    assert [finding.severity for result in results for finding in result.findings] == [severity]


def test_every_changed_field_of_every_round_is_listed() -> None:
    before, after = (
        graph_of(manifest(decision(f"[{Q1}, {Q3}]"))),
        graph_of(manifest(decision(f"[{Q4}, {Q1.replace('No', 'Bad')}]"))),
    )
    changes = changed(before, after)
    assert [
        (change.field, change.before, change.after, change.location and change.location.column)
        for change in listed_changes(changes, {})
    ] == [
        ("decision[2026-02-01].reason", "No data.", "Bad data.", 179),
        ("decision[2026-09-14].result", "selected", "not declared", 39),
        ("decision[2026-09-14].round", "2026-q3", "not declared", 39),
        ("decision[2026-09-14].date", "2026-09-14", "not declared", 39),
        ("decision[2026-09-14].by", "[team:board]", "not declared", 39),
        ("decision[2026-09-14].reason", "Clear owner.", "not declared", 39),
        ("decision[2026-12-01].result", "not declared", "deferred", 51),
        ("decision[2026-12-01].round", "not declared", "2026-q4", 69),
        ("decision[2026-12-01].date", "not declared", "2026-12-01", 85),
        ("decision[2026-12-01].by", "not declared", "[team:board]", 103),
    ]
