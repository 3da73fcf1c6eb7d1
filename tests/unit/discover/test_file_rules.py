"""What rules about files find, where, and what of a file is never kept; the readers of each format; the built-in detectors."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.support.detectors import detector, parse_yaml

from shipcheck.discover.file_examples import file_example_problems
from shipcheck.discover.file_rules import MOST_FOUND, FileFinding, FilesFound, find_in_files
from shipcheck.discover.kept_values import shown_address, shown_name, shown_text, shown_tool, shown_value
from shipcheck.discover.rule import Detector, FileRule

DETECTORS = Path(__file__).parents[3] / "detectors"
OF_FILES = ("backstage", "claude-code", "crewai-yaml", "langgraph-json", "mcp-clients", "mcp-server-json")
RULE = """\
detector: desk
version: 1
title: Desk
find:
  - file: ["**/desk.json", "**/desk.yaml", "**/desk.toml", "**/desk.md"]
    shape: {tools: any}
    take:
      - {kind: tool_server, each: tools, name: [title, key], fields: {url: url, transport: how}, set: {tools: unknown}}
    positive: [{files: {desk.json: '{"tools": {"a": {}}}'}, found: [tool_server:a]}]
    decoy: [{files: {desk.json: '{}'}}]
"""


def rules(text: str = RULE) -> tuple[FileRule, ...]:
    return detector(text, "desk").file_rules


def look(files: Mapping[str, str | bytes], text: str = RULE) -> FilesFound:
    contents = {path: content.encode() if isinstance(content, str) else content for path, content in files.items()}
    return find_in_files(rules(text), contents, contents.get, parse_yaml)


def builtin(name: str) -> Detector:
    return detector((DETECTORS / f"{name}.yaml").read_text(encoding="utf-8"), name)


def found_by(name: str, files: Mapping[str, str]) -> tuple[FileFinding, ...]:
    contents = {path: content.encode() for path, content in files.items()}
    return find_in_files(builtin(name).file_rules, contents, contents.get, parse_yaml).findings


def spots(found: FilesFound) -> list[tuple[str, str, int, int]]:
    return [(each.name, each.path, each.line, each.column) for each in found.findings]


def test_each_format_gives_names_and_places() -> None:
    found = look(
        {
            "a/desk.json": '{\n  "tools": {"one": {},\n    "two": {"title": "Second"}}\n}\n',
            "b/desk.yaml": "tools:\n  one: {}\n  two: {}\n",
            "c/desk.toml": 'x = 1\n[tools.one]\ny = """\n[tools.no]\n"""\n[tools."two words".z]\n',
            "d/desk.md": "---\ntools:\n  one: {}\n---\n# Text\n---\n",
            "e/other.json": '{"tools": {"one": {}}}',
        }
    )
    assert spots(found) == [
        ("one", "a/desk.json", 2, 13),
        ("Second", "a/desk.json", 3, 5),
        ("one", "b/desk.yaml", 2, 3),
        ("two", "b/desk.yaml", 3, 3),
        ("one", "c/desk.toml", 2, 8),
        ("two words", "c/desk.toml", 6, 9),
        ("one", "d/desk.md", 3, 3),
    ]
    assert found.read == ("a/desk.json", "b/desk.yaml", "c/desk.toml", "d/desk.md")
    assert found.unread == ()


def test_only_files_that_a_pattern_names_are_read() -> None:
    asked: list[str] = []

    def content(path: str) -> bytes | None:
        asked.append(path)
        return b"{}"

    find_in_files(rules(), ["a/desk.json", "desk.txt", "b/c/desk.yaml", "desk.json.bak"], content, parse_yaml)
    assert asked == ["a/desk.json", "b/c/desk.yaml"]


UNREAD = [
    ("desk.json", b'{"tools": }', "line 1, column 11: a value is missing"),
    ("desk.json", b"\xff", "not UTF-8"),
    ("desk.json", b" " * (1024 * 1024 + 1), "larger than 1 MiB"),
    ("desk.json", b"version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer without its content"),
    ("desk.yaml", b"tools: [", "line 1, column 9: invalid YAML"),
    ("desk.toml", b"tools = ", "invalid TOML"),
    ("desk.toml", b"a = 1\n" * 5_000, "larger than 20,000 characters"),
    ("desk.toml", b"a = " + b"[" * 9_000, "nesting is too deep"),
    ("desk.toml", b"a" + b".b" * 9_000 + b" = 1", "nesting is too deep"),
]


@pytest.mark.parametrize(("path", "content", "why"), UNREAD)
def test_a_file_that_cannot_be_read_is_named(path: str, content: bytes, why: str) -> None:
    found = look({path: content})
    assert [(each.path, each.why.startswith(why)) for each in found.unread] == [(path, True)], found.unread
    assert (found.findings, found.read) == ((), ())


def test_a_file_that_is_gone_is_named() -> None:
    found = find_in_files(rules(), ["desk.json"], lambda _: None, parse_yaml)
    assert [(each.path, each.why) for each in found.unread] == [("desk.json", "cannot be read")]


def test_a_file_with_very_many_components_is_cut() -> None:
    found = look({"desk.json": json.dumps({"tools": {f"t{number}": {} for number in range(5_000)}})})
    assert len(found.findings) == MOST_FOUND
    assert found.unread[0].why == "more than 1,000 components; the rest is not listed"


def test_a_shape_decides() -> None:
    text = RULE.replace("{tools: any}", '{one_of: [{tools: map, "tools.*.url": text}, {tools: list, open: yes_no}]}')
    assert len(look({"desk.json": '{"tools": {"a": {"url": "https://a.b"}}}'}, text).findings) == 1
    for other in (
        '{"tools": {"a": {"url": "https://a.b"}, "b": {}}}',
        '{"tools": {"a": {"url": 3}}}',
        '{"tools": {}}',
        '{"tools": [{}], "open": "true"}',
        "[]",
        "3",
    ):
        assert look({"desk.json": other}, text).findings == ()
    assert len(look({"desk.json": '{"tools": [{"title": "a"}], "open": false}'}, text).findings) == 1


def test_values_that_are_kept() -> None:
    content = {
        "tools": {
            "plain": {"url": "https://user:pw@a.example/mcp?key=x#y", "how": "http"},
            "odd": {"url": "run --token abc def", "how": "pigeon"},
            "none": None,
        }
    }
    plain, odd, none = look({"desk.json": json.dumps(content)}).findings
    assert plain.fields == (("url", "https://a.example/mcp"), ("transport", "http"))
    assert plain.constants == (("tools", "unknown"),)
    assert (odd.fields, none.fields) == ((), ())


def test_conditions() -> None:
    template = RULE.replace("set: {tools: unknown}", "set: {tools: unknown}, CONDITION")
    content = '{"tools": {"a": {"n": 3, "t": "Drop it", "l": ["x"], "m": {"k": null}, "f": false}, "b": {}}}'
    tests = {
        "when: {at: n, in: [3]}": ["a"],
        "when: {at: n, in: ['3']}": [],
        "when: {at: f, in: [false]}": ["a"],
        "when: {at: f, present: true}": ["a"],
        "when: {at: m.k, present: true}": [],
        "when: {at: n, present: false}": ["b"],
        "when: {at: t, starts: [insert, drop]}": ["a"],
        "when: {at: l, has: [x, y]}": ["a"],
        "when: {at: m, has: [k]}": ["a"],
        "when: {at: m, shape: map}": ["a"],
        "when: {at: [x, y, n], in: [3]}": ["a"],
        "when: {at: key, in: [b]}": ["b"],
        "when: [{at: n, in: [3]}, {at: t, in: [Drop]}]": [],
        "unless: [{at: n, in: [3]}, {at: key, in: [c]}]": ["b"],
    }
    for condition, names in tests.items():
        found = look({"desk.json": content}, template.replace("CONDITION", condition))
        assert [each.name for each in found.findings] == names, condition


def test_a_key_may_hold_dots() -> None:
    text = RULE.replace("each: tools", "each: a.b.tools").replace("{tools: any}", "{a.b.tools: map}")
    for content in ('{"a": {"b": {"tools": {"x": {}}}}}', '{"a.b.tools": {"x": {}}}', '{"a": {"b.tools": {"x": {}}}}'):
        assert [each.name for each in look({"desk.json": content}, text).findings] == ["x"]


def test_what_two_rules_find_alike_counts_once() -> None:
    assert len(look({"desk.json": '{"tools": {"a": {}}}'}, RULE + RULE.partition("find:\n")[2]).findings) == 1


def test_the_documents_of_a_file() -> None:
    text = RULE.replace("    shape", "    each_document: true\n    shape")
    content = "tools: {a: {}}\n---\nother: 1\n---\ntools: {b: {}}\n"
    assert [each.name for each in look({"desk.yaml": content}, text).findings] == ["a", "b"]
    assert [each.name for each in look({"desk.yaml": content}).findings] == ["a"]


def test_the_code_of_a_component() -> None:
    graphs = {
        "a": "./src/a.py:graph",
        "b": {"path": "../b.ts:agent"},
        "c": "../../c.py:graph",
        "d": "pkg.agent:graph",
        "e": "no code",
        "f": "/etc/f.py:graph",
        "g": "./g.py:make graph",
    }
    found = found_by("langgraph-json", {"apps/langgraph.json": json.dumps({"graphs": graphs})})
    assert {each.name: each.code for each in found} == {
        "a": "apps/src/a.py:graph",
        "b": "b.ts:agent",
        "c": "",
        "d": "pkg.agent:graph",
        "e": "",
        "f": "",
        "g": "",
    }
    assert all(each.constants == (("entry", True),) for each in found)
    crew = found_by("crewai-yaml", {"config/agents.yaml": "ann:\n  role: a\n  goal: b\n  backstory: c\n  llm: openai/gpt-4o\n"})
    assert [(each.kind, each.name, each.line, each.code) for each in crew] == [
        ("prompt", "ann", 1, ""),
        ("model", "openai/gpt-4o", 5, ""),
    ]


def test_front_matter_that_is_not_yaml_is_read_by_lines() -> None:
    text = "---\nname: reviewer\ndescription: Use it: always\n  more: text\nmodel: 'opus'\n---\nYou review.\n"
    agent, prompt = found_by("claude-code", {".claude/agents/a.md": text})
    assert (agent.kind, agent.name, agent.line, agent.links[0].name) == ("agent", "reviewer", 2, "opus")
    assert (prompt.kind, prompt.name, prompt.constants) == ("prompt", "reviewer", (("source", "file"),))
    assert found_by("claude-code", {".claude/agents/a.md": "---\nname: a\ndescription: b\n"}) == ()


def test_a_rule_of_a_list_counts_once_for_each_tool() -> None:
    allow = ["Bash(npm test)", "Bash(curl -H 'Authorization: Bearer sk-abc' https://a.b)", "mcp__github", "Read(./x)"]
    found = found_by(
        "claude-code", {".claude/settings.json": json.dumps({"permissions": {"allow": allow, "deny": ["Bash(rm *)"]}})}
    )
    assert [(each.name, each.guards, each.value, each.take.bypass, each.take.gate_class) for each in found] == [
        ("permissions.deny", "Bash", "true", False, "permission"),
        ("permissions.allow", "Bash", "true", True, "permission"),
        ("permissions.allow", "mcp__github", "true", True, "permission"),
        ("permissions.allow", "Read", "true", True, "permission"),
    ]


def test_the_value_of_a_gate_can_be_read() -> None:
    text = "a: {description: x, expected_output: y, human_input: VALUE, agent: ann}\n"
    for written, value in (("true", "true"), ("false", "false"), ("maybe", "unknown"), ("[1]", "unknown")):
        (gate,) = found_by("crewai-yaml", {"tasks.yaml": text.replace("VALUE", written)})
        assert (gate.name, gate.guards, gate.value) == ("a", "ann", value)


CANARIES = [f"canary{number}Xq7" for number in range(12)]


def test_no_secret_of_a_client_file_is_kept() -> None:
    c = iter(CANARIES)
    server = {
        "command": f"run-{next(c)}",
        "args": ["--key", next(c)],
        "env": {"API_KEY": next(c)},
        "headers": {"Authorization": f"Bearer {next(c)}"},
        "cwd": next(c),
    }
    remote = {
        "url": f"https://{next(c)}:{next(c)}@mcp.example.com/s/{next(c)}AbCdEf0123456789/mcp?token={next(c)}#{next(c)}",
        "http_headers": {"X": next(c)},
        "note": next(c),
    }
    files = {
        ".mcp.json": json.dumps({"mcpServers": {"one": server, "two": remote}, "inputs": [server]}),
        ".vscode/mcp.json": json.dumps({"servers": {"one": server, "two": remote}}),
        ".zed/settings.json": json.dumps({"context_servers": {"one": server, "two": remote}}),
        "opencode.json": json.dumps({"mcp": {"one": {**server, "type": "local"}, "two": {**remote, "type": "remote"}}}),
    }
    found = found_by("mcp-clients", files)
    assert len(found) == 8
    for each in found:
        shown = repr((each.name, each.fields, each.links, each.code, each.guards, each.value))
        assert not [canary for canary in CANARIES if canary in shown], shown
    assert {each.fields for each in found} == {(), (("url", "https://mcp.example.com/s/***/mcp"),)}


ADDRESSES = {
    "https://a.example/mcp/": "https://a.example/mcp/",
    "HTTP://a.example:8080": "http://a.example:8080",
    "https://u:p@a.example/x": "https://a.example/x",
    "https://a.example?k=v": "https://a.example",
    "https://a.example/x;k=v": "https://a.example/x",
    "https://a.example/k=v/x": "https://a.example/***/x",
    "https://a.example/s/abcdefgh12345678/mcp": "https://a.example/s/***/mcp",
    "https://a.example/sk-12/mcp": "https://a.example/***/mcp",
    "https://[::1]:3000/mcp": "https://[::1]:3000/mcp",
    "https://{tenant}.example/mcp": "https://{tenant}.example/mcp",
    "https://user:pa/ss@a.example/x": "",
    "https://a.example/x y": "",
    "https://": "",
}


@pytest.mark.parametrize(("text", "shown"), ADDRESSES.items())
def test_an_address_loses_its_secrets(text: str, shown: str) -> None:
    assert shown_address(text) == shown
    assert shown_value(text) == shown


def test_what_may_be_shown() -> None:
    assert [
        shown_value(each) for each in ("group:default/team-a", "1.2.3", "openai/gpt-4o", "two words", "a://b", "ghp_abc")
    ] == [
        "group:default/team-a",
        "1.2.3",
        "openai/gpt-4o",
        "",
        "",
        "",
    ]
    assert shown_name("a\nb\u202ec" + "x" * 300) == "a?b?c" + "x" * 195
    assert [
        shown_text(each) for each in ("My server", "sk-abc", "a0b1c2d3e4f5a6b7c8", "https://a.b", "claude-3-5-sonnet-20241022")
    ] == [
        "My server",
        "",
        "",
        "",
        "claude-3-5-sonnet-20241022",
    ]
    assert [shown_tool(each) for each in ("Bash(rm *)", "Bash|Edit", "mcp__*__write", "", "(x)", "sk-abc(x)")] == [
        "Bash",
        "Bash|Edit",
        "mcp__*__write",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize("name", OF_FILES)
def test_the_examples_of_a_built_in_detector_hold(name: str) -> None:
    found = builtin(name)
    assert found.sources
    assert found.file_rules
    assert [each.message for rule in found.file_rules for each in file_example_problems(rule, parse_yaml)] == []


def test_an_example_that_does_not_hold_is_a_problem() -> None:
    text = RULE.replace("found: [tool_server:a]}]", "found: [tool_server:b], links: ['agent:x calls action:y']}]")
    text = text.replace("decoy: [{files: {desk.json: '{}'}}]", 'decoy: [{files: {desk.json: \'{"tools": {"c": 1}}\'}}]')
    (rule,) = rules(text)
    problems = file_example_problems(rule, parse_yaml)
    assert [(each.code, each.location.line, each.message) for each in problems] == [
        ("detector-example", 9, "the example has no components tool_server:b; it has tool_server:a"),
        ("detector-example", 9, "the example has components that it does not say: tool_server:a"),
        ("detector-example", 9, "the example has no links agent:x calls action:y"),
        ("detector-example", 10, "the rule finds tool_server:c in a decoy"),
    ]
