"""Facts in the records of the graph."""

from typing import Any

import pytest
from tests.support.trees import Files
from tests.support.worlds import findings, graph_of, vocabulary

from shipcheck.facts.collect import collect

WORLD = """
shipcheck: 1
defaults: {owner: payables}
gates:
  desk:
    implemented_by:
      - {file: src/approvals.py, symbol: Approvals.ask}
      - {file: src/approvals.py, symbol: Approvals.gone}
      - {file: src/approvals.py}
      - {file: src/gone.py, symbol: ask}
      - {file: src/link.py, symbol: ask}
      - {file: src/later.py, symbol: ask}
      - {file: src/broken.py, symbol: ask}
      - {file: SRC/approvals.py, symbol: Approvals.ask}
      - {file: src, symbol: Approvals.ask}
agents:
  helper: {implemented_by: []}
  other: {}
teams:
  payables: {}
"""
TREE = {
    "src/approvals.py": "class Approvals:\n    def ask(self): ...\n",
    "src/broken.py": "def ask(:\n",
    "unnamed.py": "",
    "CODEOWNERS": "/src/ @bank/payables\n",
}


def tree() -> Files:
    return Files(
        {path: text for path, text in TREE.items() if not path.startswith("..")}, links=("src/link.py",), absent=("src/later.py",)
    )


def collected(files: Files, world: str = WORLD) -> list[dict[str, Any]]:
    graph = graph_of(world)
    collect(graph, vocabulary(), files)
    (gate,) = graph.nodes(("gate",))
    records: Any = graph.values[gate]["implemented_by"]
    return [{name: value for name, value in record.items() if name not in {"file", "symbol"}} for record in records]


def test_what_is_known_is_written_and_what_is_not_is_left_out() -> None:
    team = {"code_owner": 3}
    unclear = {"content": "unclear"}
    nowhere = {"found": False, "symbol_found": False, **unclear}
    assert collected(tree()) == [
        {"found": True, "symbol_found": True, "content": "empty", **team},
        {"found": True, "symbol_found": False, **unclear, **team},
        {"found": True, "content": "empty", **team},
        nowhere,
        nowhere,
        unclear,
        {"found": True, "doubt": "line 1 cannot be parsed", **unclear, **team},
        {**nowhere, "spelled": "src/approvals.py"},
        nowhere,
    ]


def test_nothing_is_read_but_what_a_record_names_and_that_once() -> None:
    files = tree()
    collected(files)
    assert sorted(files.reads) == ["CODEOWNERS", "src/approvals.py", "src/broken.py"]


def test_nothing_is_asked_where_no_component_names_code() -> None:
    files = tree()
    graph = graph_of("shipcheck: 1\ngates: {desk: {}}\nagents: {helper: {implemented_by: []}}\n")
    before = [dict(values) for values in graph.values]
    collect(graph, vocabulary(), files)
    assert [dict(values) for values in graph.values] == before
    assert files.reads == []


def test_what_the_manifest_says_stays_as_it_is() -> None:
    graph = graph_of(WORLD)
    collect(graph, vocabulary(), tree())
    (gate,) = graph.nodes(("gate",))
    declared: Any = graph.components[gate].values["implemented_by"]
    assert all(set(record) <= {"file", "symbol"} for record in declared)


@pytest.mark.parametrize(
    "must",
    [
        "every e in implemented_by satisfies e.found",
        "every e in implemented_by satisfies e.symbol_found",
        "every e in implemented_by satisfies e.code_owner == owner",
        "no e in implemented_by satisfies not e.found",
        "some e in implemented_by satisfies e.code_owner is set",
    ],
)
def test_facts_that_nobody_collected_are_unknown_and_never_fine(must: str) -> None:
    assert len(findings(f"each: gate\nmust: {must}", WORLD)) == 1


PROVED = """
shipcheck: 1
use_cases:
  chat:
    scorecard: {value: {score: 3, evidence: EVIDENCE}}
prompts:
  greeting: {source: file, file: FILE}
"""


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ("docs/value.md", True),
        ("docs/value.md#saved-hours", True),
        ("https://wiki.bank.example/d/1", True),
        ("s3://evidence/value.csv", True),
        ("docs/gone.md", False),
        ("docs/gone.md#saved-hours", False),
        ("docs", False),
        ("later.md", None),
        ("we talked about it", False),
        ("https://", False),
        ("https:wiki", False),
        ("https://wiki of the bank", False),
        ("javascript://wiki/x", False),
        ("https://[wiki", False),
    ],
)
def test_evidence_is_a_file_of_the_repository_or_an_address(evidence: str, *, found: bool | None) -> None:
    graph = graph_of(PROVED.replace("EVIDENCE", f'"{evidence}"').replace("FILE", "x"))
    collect(graph, vocabulary(), Files({"docs/value.md": ""}, absent=("later.md",)))
    (case,) = graph.nodes(("use_case",))
    scorecard: Any = graph.values[case]["scorecard"]
    assert scorecard["value"].get("evidence_found") is found


@pytest.mark.parametrize(("file", "found"), [("prompts/hello.md", True), ("prompts", False), ("later.md", None)])
def test_the_file_of_a_prompt_is_looked_for(file: str, *, found: bool | None) -> None:
    graph = graph_of(PROVED.replace("EVIDENCE", "x").replace("FILE", file))
    collect(graph, vocabulary(), Files({"prompts/hello.md": ""}, absent=("later.md",)))
    (prompt,) = graph.nodes(("prompt",))
    assert graph.values[prompt].get("found") is found
    assert "found" not in graph.components[prompt].values


def test_a_fact_about_a_file_that_is_not_named_is_explained_by_the_name_that_is_missing() -> None:
    (finding,) = findings("each: prompt\nmust: found", "shipcheck: 1\nprompts: {greeting: {source: file}}\n")
    assert [(reason.text, reason.field) for reason in finding.reasons] == [("file is not declared", "prompt:greeting.file")]
