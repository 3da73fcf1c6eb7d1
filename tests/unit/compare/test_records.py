"""A list of records is compared record by record: each is matched with that of the base by the field that is its key."""

import pytest
from tests.support.worlds import graph_of, vocabulary

from shipcheck.compare.field_changes import FieldChange, field_changes
from shipcheck.compare.weaker import Declared
from shipcheck.compare.whole import Texts
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import pairs

FIRST = "{what: refunds, result: 0.9, threshold: 0.8, date: 2026-08-03, by: board}"
SECOND = "{what: letters, result: 0.7, threshold: 0.6, date: 2026-08-04, by: others}"


def graph(evaluations: str, *, more: str = "") -> Graph:
    body = f", evaluations: {evaluations}" if evaluations else ""
    teams = f"teams: {{{more}board: {{}}, others: {{}}}}"
    return graph_of(f"shipcheck: 1\n{teams}\nuse_cases: {{desk: {{stage: production{body}}}}}\n")


def changed(before: Graph, after: Graph) -> tuple[FieldChange, ...]:
    known = pairs(before, after)
    return field_changes(Declared(before, after, known, vocabulary()), known, lambda _code: None)


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (f"[{FIRST}, {SECOND}]", f"[{SECOND}, {FIRST}]", {}),
        (f"[{FIRST}, {SECOND}]", f"[{SECOND}]", {"evaluations[refunds]": "weaker"}),
        (f"[{FIRST}]", "[]", {"evaluations[refunds]": "weaker"}),
        (f"[{FIRST}]", "", {"evaluations[refunds]": "weaker"}),
        (f"[{FIRST}]", f"[{FIRST.replace('0.9', '0.95').replace('08-03', '11-03')}]", dict.fromkeys(["result", "date"], "")),
        (f"[{FIRST}]", f"[{FIRST.replace('0.8', '0.5')}]", {"threshold": "weaker"}),
        (f"[{FIRST}]", f"[{FIRST.replace('threshold: 0.8, ', '')}]", {"threshold": "weaker"}),
        (f"[{FIRST}]", f"[{FIRST.replace('0.8', '0.85')}]", {"threshold": "stricter"}),
        (f"[{FIRST}, {FIRST}]", f"[{FIRST}]", {"evaluations[refunds, number 2]": "weaker"}),
        ("[{result: 1}, {result: 2}]", "[{result: 1}]", {"evaluations[number 2]": "weaker"}),
        ("[{result: 1}]", "[]", {"evaluations[number 1]": "weaker"}),
        (f"[{FIRST}]", f"[{FIRST.replace('board', 'others')}]", {"by": ""}),
    ],
)
def test_each_record_is_compared_with_its_own(before: str, after: str, fields: dict[str, str]) -> None:
    found = {change.field: change.direction for change in changed(graph(before), graph(after))}
    assert found == {(name if "[" in name else f"evaluations[refunds].{name}"): way for name, way in fields.items()}


def test_a_team_that_moves_in_the_manifest_changes_no_record() -> None:
    """The numbers of components differ between base and head."""
    assert [
        change.field for change in changed(graph(f"[{FIRST}]"), graph(f"[{FIRST}]", more="anew: {}, ")) if "eval" in change.field
    ] == []


def test_a_consent_names_the_whole_list() -> None:
    before, after = graph(f"[{FIRST}, {SECOND}]"), graph(f"[{SECOND}]")
    (change,) = changed(before, after)
    (node,) = after.kinds["use_case"]
    assert change.edit.field == "evaluations"
    assert change.edit.after == Texts(after, vocabulary()).of(node, "evaluations")
    assert change.edit.before is not None
    assert "team:board" in change.edit.before
