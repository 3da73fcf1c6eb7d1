"""Other tools that say what AI components a repository has, as far as they are installed, read generously.

Each is run as its documentation says, on the whole clone, without keys, with a home folder of its own and a limit of time.
What it calls an agent, a tool, a model, a prompt, a guardrail or an MCP server is taken as the kind of ours that is nearest.
Where it gives no line, file and name are enough; where it gives no file, the name is, and what matches nothing is not held
against it.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from discovery.findings import Findings, Found, children_seconds
from discovery.truths import Place

SECONDS = 300
Report = Mapping[str, Any]
Read = Callable[[Report, Path], Iterable[Found]]


class Rival(NamedTuple):
    """A tool: its program, the arguments of each run, in which `{root}`, `{out}` and `{folder}` are replaced, and its reader."""

    name: str
    program: str
    runs: tuple[tuple[str, ...], ...]
    read: Read


def run(rival: Rival, root: Path, environments: Path | None) -> Findings:
    """What it finds; a reason instead where it is missing, fails in every run, or takes too long."""
    program = _program(rival, environments)
    if program is None:
        return Findings(failed="not installed")
    before, found, failed = children_seconds(), list[Found](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for number, arguments in enumerate(rival.runs):
            report = _report(program, arguments, root, Path(folder) / f"{number}.json")
            if isinstance(report, str):
                failed.append(report)
            else:
                found += rival.read(report, root)
    seconds = children_seconds() - before
    if len(failed) == len(rival.runs):
        return Findings(seconds=seconds, failed="; ".join(dict.fromkeys(failed)))
    unique = {(each.kind, each.names, each.places): each for each in found}
    return Findings(tuple(unique.values()), seconds=seconds)


def _program(rival: Rival, environments: Path | None) -> str | None:
    """In an environment of its own, or else on the path."""
    own = sorted(environments.glob(f"*/bin/{rival.program}")) if environments is not None else []
    return str(own[0].resolve()) if own else shutil.which(rival.program)


def _report(program: str, arguments: Iterable[str], root: Path, out: Path) -> Report | str:
    """The JSON that one run leaves, or why there is none."""
    out.mkdir()
    file = out / "report.json"
    places = {"{root}": str(root), "{out}": str(file), "{folder}": str(out)}
    command = [program, *(places.get(each, each) for each in arguments)]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(out),
        "DO_NOT_TRACK": "1",
        "AI_BOM_TELEMETRY": "0",
        "LANG": "C.UTF-8",
    }
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=out, env=environment)
    except subprocess.TimeoutExpired:
        return f"no answer after {SECONDS} s"
    for text in (*(path.read_bytes() for path in sorted(out.glob("*.json"))), done.stdout):
        try:
            report = json.loads(text)
        except ValueError:
            continue
        if isinstance(report, dict):
            return report
    return f"exit {done.returncode}: {_last_words(done, root)}"


def _last_words(done: subprocess.CompletedProcess[bytes], root: Path) -> str:
    """What a program says that leaves nothing: that it wants a key, or else its last line."""
    text = (done.stderr + b"\n" + done.stdout).decode(errors="replace").replace(str(root), ".")
    if "_API_KEY" in text or "client could not be initialized" in text:
        return "wants a key"
    lines = [line.strip(" │╭╮╰╯─\t\r") for line in text.split("\n")]
    return next((line for line in reversed(lines) if line), "nothing is said")[:80]


def _found(kind: str, names: Iterable[object], path: object = "", line: object = 0) -> Found:
    texts = [str(name) for name in names if name]
    place = (Place(str(path), line if isinstance(line, int) else 0),) if path else ()
    name = texts[0] if texts else "?"
    return Found(kind, f"{kind}:{path}:{line}:{name}", frozenset(texts), place, name)


def _ai_bom(report: Report, root: Path) -> Iterator[Found]:
    """Components in CycloneDX; one row for each import is none."""
    for each in report.get("components", ()):
        values = {entry["name"].rpartition(":")[2]: entry["value"] for entry in each.get("properties", ())}
        path, _, line = values.get("source_location", "").removeprefix(f"{root}/").rpartition(":")
        number = int(line) if line.isdigit() else 0
        path = path if number else line
        what, _, name = each["name"].partition(": ")
        if what.endswith("tool_definition"):
            yield _found("action", [name], path, number)
        elif what == "MCP Server":
            yield _found("tool_server", [name], path, number)
        elif values.get("usage_type") == "agent":
            yield _found("agent", [name or what], path, number)
        if values.get("model_name"):
            yield _found("model", [values["model_name"]], path, number)


def _agent_bom(report: Report, _: Path) -> Iterator[Found]:
    """The report of its command `code`."""
    for kind, key, name in (("action", "tools", "name"), ("prompt", "prompts", "variable"), ("gate", "guardrails", "name")):
        for each in report.get(key, ()):
            yield _found(kind, [each.get(name)], each.get("file"), each.get("line"))
    components = report.get("ai_components", {})
    for each in components.get("framework_agents", ()):
        yield _found("agent", [each.get("name")], each.get("file_path"), each.get("line_number"))
    for each in components.get("components", ()):
        if each.get("component_type") == "model_reference":
            yield _found("model", [each.get("name")], each.get("file_path"), each.get("line_number"))


def _aibom_scanner(report: Report, _: Path) -> Iterator[Found]:
    for each in report.get("detections", ()):
        if each.get("model_name"):
            yield _found("model", [each["model_name"]], each.get("file_path"), each.get("line_number"))
    for kind, key in (("action", "tool_capabilities"), ("tool_server", "mcp_servers"), ("gate", "guardrails"), ("gate", "hitl")):
        for each in report.get(key, ()):
            yield _found(kind, [each.get("name") or each.get("tool")], each.get("file"), each.get("line"))


def _ai_agentbom(report: Report, _: Path) -> Iterator[Found]:
    for each in report.get("models", ()):
        yield _found("model", [each.get("name"), each.get("evidence")], each.get("source_file"))
    for each in report.get("mcp_servers", ()):
        yield _found("tool_server", [each.get("name")], each.get("path"))


def _agentic_radar(report: Report, _: Path) -> Iterator[Found]:
    """A graph, whose nodes have names only."""
    kinds = {"agent": "agent", "tool": "action", "custom_tool": "action", "mcp_server": "tool_server"}
    for each in report.get("nodes", ()):
        kind = kinds.get(each.get("node_type") or each.get("type"))
        if kind:
            yield _found(kind, [each.get("name"), each.get("label")])
    for each in report.get("agents", ()):
        if each.get("llm"):
            yield _found("model", [each["llm"]])


_GRAPHS = ("openai-agents", "langgraph", "crewai", "autogen")
RIVALS = (
    Rival(
        "ai-bom", "ai-bom", (("scan", "{root}", "--deep", "--format", "json", "--no-telemetry", "-q", "-o", "{out}"),), _ai_bom
    ),
    Rival("agent-bom", "agent-bom", (("code", "{root}", "-f", "json", "-q", "-o", "{out}"),), _agent_bom),
    Rival("aibom-scanner", "aibom-scanner", (("scan", "-p", "{root}", "-f", "json", "-o", "{out}"),), _aibom_scanner),
    Rival("ai-agentbom", "agentbom", (("scan", "{root}", "--output-dir", "{folder}"),), _ai_agentbom),
    Rival(
        "agentic-radar",
        "agentic-radar",
        tuple(("scan", graph, "-i", "{root}", "-o", "{out}", "--export-graph-json") for graph in _GRAPHS),
        _agentic_radar,
    ),
)
