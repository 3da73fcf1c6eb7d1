"""What a finding says about facts that are not as asked."""

from collections.abc import Mapping

import pytest
from tests.support.trees import Files
from tests.support.worlds import TODAY, graph_of, policy_of, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.collect import collect
from shipcheck.model.finding import Finding

WORLD = """
shipcheck: 1
defaults: {owner: payables}
gates:
  desk:
    implemented_by:
      - {file: src/a.py, symbol: ask}
      - {file: src/a.py, symbol: gone}
      - {file: src/a.py}
      - {file: src/b.py, symbol: ask}
      - {file: src/gone.py, symbol: ask}
  moved:
    owner: cards
    implemented_by:
      - {file: src/a.py, symbol: ask}
  empty: {implemented_by: []}
actions:
  pay: {guarded_by: [desk]}
teams:
  payables: {}
  cards: {}
"""
TREE = {"src/a.py": "def ask(): ...\n", "src/b.py": "def ask(:\n", "CODEOWNERS": "/src/a.py @bank/payables\n"}


def judged(text: str, tree: Mapping[str, str] = TREE) -> dict[str, Finding]:
    graph = graph_of(WORLD)
    collect(graph, vocabulary(), Files(tree))
    result = Evaluator(graph, vocabulary(), TODAY).evaluate(policy_of(text))
    return {finding.subject: finding for finding in result.findings}


def summary(finding: Finding) -> list[tuple[str, str, bool, int]]:
    lines = [reason.location.line if reason.location else 0 for reason in finding.reasons]
    return [(reason.text, reason.expected, reason.missing, line) for reason, line in zip(finding.reasons, lines, strict=True)]


NOT_A = "symbol gone is not in src/a.py"
UNSURE_B = "it is unknown whether symbol ask is in src/b.py: line 1 cannot be parsed"
NOT_GONE = "symbol ask is not in src/gone.py"


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        ("every e in implemented_by satisfies e.found", [("file src/gone.py is not in the repository", "", False, 11)]),
        (
            "every e in implemented_by satisfies (e.symbol is missing or e.symbol_found)",
            [(NOT_A, "", False, 8), (UNSURE_B, "a value", True, 10), (NOT_GONE, "", False, 11)],
        ),
        (
            "every e in implemented_by satisfies e.code_owner is set",
            [
                ("CODEOWNERS does not name exactly one team for src/b.py", "", True, 10),
                ("CODEOWNERS does not name exactly one team for src/gone.py", "", True, 11),
            ],
        ),
        ("every e in implemented_by satisfies not e.found", [("found of src/a.py is true", "false", False, 7)]),
    ],
)
def test_each_item_says_what_is_wrong_at_its_own_line(must: str, expected: list[tuple[str, str, bool, int]]) -> None:
    reasons = summary(judged(f"each: gate\nmust: {must}")["gate:desk"])
    assert [reason for reason in expected if reason not in reasons] == []
    assert len(reasons) == len(expected) or "not e.found" in must


def test_another_owner_is_named_beside_the_one_that_is_asked_for() -> None:
    found = judged("each: gate\nmust: every e in implemented_by satisfies e.code_owner == owner")
    assert summary(found["gate:moved"]) == [("code_owner of src/a.py is payables", "cards (owner)", False, 15)]


def test_an_empty_list_is_no_place() -> None:
    found = judged("each: gate\nmust: every e in implemented_by satisfies e.found")
    assert summary(found["gate:empty"]) == [("implemented_by is empty", "at least one", False, 16)]


def test_facts_of_another_component_are_told_at_its_place() -> None:
    text = "each: action\nmust: every gate in guarded_by satisfies every e in gate.implemented_by satisfies e.found"
    assert summary(judged(text)["action:pay"]) == [("file src/gone.py is not in the repository", "", False, 11)]


def test_a_list_shows_what_is_declared_of_its_records() -> None:
    text = 'each: gate\nmust: some e in implemented_by satisfies (e.found and e.code_owner == "team:cards")'
    (reason,) = [reason for reason in judged(text)["gate:moved"].reasons if reason.text.startswith("implemented_by is")]
    assert reason.text == "implemented_by is [{file: src/a.py, symbol: ask}]"


def test_a_file_in_another_case_is_named() -> None:
    found = judged("each: gate\nmust: every e in implemented_by satisfies e.found", {**TREE, "Src/Gone.py": ""})
    assert summary(found["gate:desk"]) == [
        ("file src/gone.py is not in the repository; did you mean Src/Gone.py?", "", False, 11)
    ]
