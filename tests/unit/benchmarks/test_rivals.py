"""Other tools: their reports are read, and one that is missing, fails or says nothing is a reason."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from discovery.rivals import RIVALS, Rival, run
from discovery.tables import rivals
from discovery.truths import Place

READ = {rival.name: rival.read for rival in RIVALS}


def kinds(name: str, report: Mapping[str, object]) -> list[tuple[str, str, tuple[Place, ...]]]:
    return [(each.kind, each.name, each.places) for each in READ[name](report, Path("/r"))]


def test_ai_bom() -> None:
    def row(name: str, **values: str) -> dict[str, object]:
        return {"name": name, "properties": [{"name": f"trusera:{key}", "value": value} for key, value in values.items()]}

    rows = [
        row("OpenAI (import: openai)", usage_type="completion", source_location="/r/a.py:1"),
        row("CrewAI", usage_type="agent", source_location="/r/a.py:2"),
        row("CrewAI tool_definition: pay", usage_type="agent", source_location="/r/a.py:3"),
        row("MCP Server: docs", usage_type="tool_use", source_location="/r/.mcp.json"),
    ]
    assert kinds("ai-bom", {"components": rows}) == [
        ("agent", "CrewAI", (Place("a.py", 2),)),
        ("action", "pay", (Place("a.py", 3),)),
        ("tool_server", "docs", (Place(".mcp.json", 0),)),
    ]


def test_agent_bom() -> None:
    report = {
        "tools": [{"name": "pay", "file": "a.py", "line": 3}],
        "prompts": [],
        "ai_components": {
            "framework_agents": [{"name": "seller", "file_path": "a.py", "line_number": 1}],
            "components": [
                {"component_type": "model_reference", "name": "gpt-4", "file_path": "a.py", "line_number": 2},
                {"component_type": "agent_framework", "name": "x", "file_path": "a.py", "line_number": 2},
            ],
        },
    }
    found = [
        ("action", "pay", (Place("a.py", 3),)),
        ("agent", "seller", (Place("a.py", 1),)),
        ("model", "gpt-4", (Place("a.py", 2),)),
    ]
    assert kinds("agent-bom", report) == found


def test_the_others() -> None:
    scanned = {
        "detections": [{"model_name": None}, {"model_name": "gpt-4", "file_path": "a.py", "line_number": 2}],
        "mcp_servers": [],
    }
    assert kinds("aibom-scanner", scanned) == [("model", "gpt-4", (Place("a.py", 2),))]
    assert kinds("ai-agentbom", {"models": [{"name": "gpt-4", "source_file": "a.py"}]}) == [
        ("model", "gpt-4", (Place("a.py", 0),))
    ]
    graph = {
        "nodes": [{"node_type": "agent", "name": "seller"}, {"node_type": "basic", "name": "START"}],
        "agents": [{"llm": "gpt-4"}],
    }
    assert kinds("agentic-radar", graph) == [("agent", "seller", ()), ("model", "gpt-4", ())]


def rival(code: str) -> Rival:
    return Rival("it", sys.executable, (("-c", code, "{root}", "{out}"),), READ["ai-agentbom"])


def test_a_report_is_taken_from_a_file_or_from_what_is_printed(tmp_path: Path) -> None:
    written = 'import sys; open(sys.argv[2], \'w\').write(\'{"models": [{"name": "a", "source_file": "b"}]}\'); sys.exit(1)'
    printed = 'print(\'{"models": [{"name": "a", "source_file": "b"}]}\')'
    for code in (written, printed):
        assert [each.name for each in run(rival(code), tmp_path, None).found] == ["a"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise ValueError('no')", "exit 1: ValueError: no"),
        ("pass", "exit 0: nothing is said"),
        ("print('set OPENAI_API_KEY'); raise SystemExit(2)", "exit 2: wants a key"),
    ],
)
def test_a_run_without_a_report_is_a_reason(tmp_path: Path, code: str, why: str) -> None:
    outcome = run(rival(code), tmp_path, None)
    assert outcome.failed == why
    assert why in rivals({"shop": {"it": (outcome, {})}})


def test_one_that_takes_too_long_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discovery.rivals.SECONDS", 0)
    assert run(rival("print({})"), tmp_path, None).failed == "no answer after 0 s"


def test_one_that_is_missing_is_a_reason(tmp_path: Path) -> None:
    assert run(Rival("it", "no-such-program", (), READ["ai-bom"]), tmp_path, tmp_path).failed == "not installed"
