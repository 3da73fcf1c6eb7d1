"""The comparison of two reports: wording may change, and each kind of fact that changes is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from report_facts import ABSENT, CODE_ONLY, Outcome, differences


def place(line: int, path: str = "shipcheck.yaml") -> dict[str, Any]:
    return {"path": path, "line": line, "column": 3, "end_line": line, "end_column": 9}


def finding(subject: str, **more: object) -> dict[str, Any]:
    """A finding with every key that holds a fact or a sentence."""
    reason = {"text": "it is missing", "asked": "a value", "field": f"{subject}.owner", "declared": False, "location": place(4)}
    gates = [{"gate": "gate:g", "fits": False, "location": place(5), "why_not": [reason]}]
    hop = {"from": subject, "link": "calls", "to": "action:pay", "location": place(5), "gates": gates, "more_gates": 0}
    return {
        "policy": "core/owner-missing", "subject": subject, "target": None, "severity": "error", "status": "live",
        "change": None, "message": f"{subject} has no owner", "location": place(3), "witness": [hop, hop | {"link": "starts"}],
        "reasons": [reason], "assumed": [], "cause": "owner is missing",
        "fix": {"text": "Name one.", "location": None, "write": "owner: TEAM", "note": None, "clears": 1},
        "owner": "team:a", "fingerprint": f"print of {subject}", **more,
    }  # fmt: skip


POLICIES = [{"policy": f"core/{name}", "result": "fail", "subjects": 2, "failed": 1, "waived": 0} for name in "abcd"]
REPORT: dict[str, Any] = {
    "verdict": "fail",
    "counts": {"files": 1, "links": 3},
    "packs": [{"name": "core", "version": "1.0.0"}],
    "findings": [finding("agent:a"), finding("agent:b", cause=None), finding("agent:c")],
    "problems": [],
    "policies": POLICIES,
    "softened": [],
    "waivers": [],
}
PROBLEMS: dict[str, Any] = {
    "problems": [
        {"code": "unknown-key", "message": "no key 'a'", "location": place(3), "related": [{"location": place(1), "label": "b"}]},
        {"code": "unknown-key", "message": "no key 'b'", "location": place(4), "related": []},
    ]
}
Edit = Callable[[dict[str, Any]], object]


def keys(before: object, after: object, form: str = "json", codes: tuple[int, int] = (1, 1)) -> list[str]:
    texts = [value if isinstance(value, str) else json.dumps(value) for value in (before, after)]
    one, other = (Outcome(code, text.encode()) for code, text in zip(codes, texts, strict=True))
    return [difference.key for difference in differences(form, one, other)]


def edited(report: dict[str, Any], edit: Edit) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(report))  # nothing in it is shared
    edit(copy)
    return copy


FACTS: dict[str, Edit] = {
    "verdict": lambda report: report.update(verdict="pass"),
    "counts.links": lambda report: report["counts"].update(links=0),
    "packs[].version": lambda report: report["packs"][0].update(version="2"),
    "policies[].result": lambda report: report["policies"][0].update(result="x"),
    "policies[].subjects": lambda report: report["policies"][0].update(subjects=99),
    "policies[]": lambda report: report["policies"].pop(2),
    "findings[]": lambda report: report["findings"].pop(1),
    "findings order": lambda report: report["findings"].reverse(),
    "findings[].severity": lambda report: report["findings"][0].update(severity="note"),
    "findings[].status": lambda report: report["findings"][0].update(status="waived"),
    "findings[].change": lambda report: report["findings"][0].update(change="introduced"),
    "findings[].owner": lambda report: report["findings"][0].update(owner="team:x"),
    "findings[].fingerprint": lambda report: report["findings"][0].update(fingerprint="0"),
    "findings[].location.path": lambda report: report["findings"][0]["location"].update(path="x.yaml"),
    "findings[].location.column": lambda report: report["findings"][0]["location"].update(column=4),
    "findings[].location.end_line": lambda report: report["findings"][0]["location"].pop("end_line"),
    "findings[].reasons[]": lambda report: report["findings"][0].update(reasons=[]),
    "findings[].assumed": lambda report: report["findings"][0].update(assumed=["agent:a.owner"]),
    "findings[].reasons[].field": lambda report: report["findings"][0]["reasons"][0].update(field="x"),
    "findings[].fix.clears": lambda report: report["findings"][0]["fix"].update(clears=2),
    "findings[].witness[]": lambda report: report["findings"][0]["witness"].pop(),
    "findings[].witness[].link": lambda report: report["findings"][0]["witness"][0].update(link="offers"),
    "findings[].witness[].to": lambda report: report["findings"][0]["witness"][0].update(to="agent:x"),
    "findings[].witness[].gates[].fits": lambda report: report["findings"][0]["witness"][0]["gates"][0].update(fits=True),
    "softened": lambda report: report.pop("softened"),
    "waivers": lambda report: report.update(waivers=None),
}


@pytest.mark.parametrize("key", FACTS)
def test_a_fact_that_changes_is_a_difference(key: str) -> None:
    assert keys(REPORT, edited(REPORT, FACTS[key])) == [key]


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "text"])
def test_an_exit_code_that_changes_is_a_difference(form: str) -> None:
    assert keys("same", "same", form, (0, 1)) == ["exit code"]


def test_one_change_is_one_difference() -> None:
    after = edited(REPORT, lambda report: report["findings"].pop(1))
    (found,) = differences("json", Outcome(1, json.dumps(REPORT).encode()), Outcome(1, json.dumps(after).encode()))
    assert found.after == ABSENT
    assert found.item == "core/owner-missing agent:b"


def reworded(value: Any, key: str = "") -> Any:
    """The report with other sentences."""
    if isinstance(value, dict):
        return {name: reworded(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [reworded(item) for item in value]
    sentence = key in {"message", "text", "asked", "note", "label"} or key == "cause"
    return f"In other words: {value}" if sentence and value else value


@pytest.mark.parametrize("report", [REPORT, PROBLEMS], ids=["findings", "problems"])
def test_wording_is_no_difference(report: dict[str, Any]) -> None:
    assert reworded(report) != report
    assert keys(report, reworded(report)) == []


def test_a_sentence_that_goes_is_a_difference() -> None:
    after = edited(REPORT, lambda report: report["findings"][0].update(message=None))
    assert keys(REPORT, after) == ["findings[].message"]


def test_a_problem_that_moves_or_changes_its_code_is_a_difference() -> None:
    moved = edited(PROBLEMS, lambda report: report["problems"][0]["location"].update(line=1000))
    assert keys(PROBLEMS, moved) == ["problems[].location.line"]
    other = edited(PROBLEMS, lambda report: report["problems"][0].update(code="x"))
    assert keys(PROBLEMS, other).count("problems[]") == 2


def test_causes_are_compared_by_the_findings_that_share_them() -> None:
    def report(*causes: str | None) -> dict[str, Any]:
        return {"findings": [finding(name, cause=cause) for name, cause in zip("abc", causes, strict=True)]}

    assert keys(report("x", "x", None), report("y", "y", None)) == []
    assert keys(report("x", "x", None), report("x", "y", None)) == ["findings[].cause"]
    assert keys(report("x", "x", None), report("x", "x", "x")) == ["findings[].cause"]


def test_values_of_a_manifest_are_no_wording() -> None:
    graphs: list[object] = [{"components": [{"component": "agent:a", "fields": {"title": title}}]} for title in ("A", "B")]
    assert keys(graphs[0], graphs[1]) == ["components[].fields.title"]


def test_json_that_becomes_text_is_a_difference() -> None:
    assert keys(REPORT, "no report") == ["output"]
    assert keys("no report", "still no report") == []


def test_lines_of_built_in_packs_are_no_facts() -> None:
    texts = ["core@built-in/gates.yaml:59 and a.yaml:3", "core@built-in/gates.yaml:57 and a.yaml:3"]
    assert keys(texts[0], texts[1], "text") == []
    assert keys([{"key": "k", "origin": texts[0]}], [{"key": "k", "origin": texts[1]}]) == []
    assert keys([{"key": "k", "origin": "a.yaml:3"}], [{"key": "k", "origin": "a.yaml:4"}]) == ["[].origin"]


def test_answers_of_policy_tests_are_facts_but_for_the_text_of_a_problem() -> None:
    def answer(text: str) -> dict[str, Any]:
        return {"failures": [{"kind": "case", "case": "a", "found": [text]}]}

    assert keys(answer("a.yaml:3:4: no such name"), answer("a.yaml:3:4: not found")) == []
    assert keys(answer("a.yaml:3:4: not found"), answer("a.yaml:3:5: not found")) == ["failures[].found"]
    assert keys(answer("p agent:a, error"), answer("p agent:a, warning")) == ["failures[].found"]


def test_an_output_that_is_all_wording_has_no_facts() -> None:
    assert keys("a.yaml:3:4", "a.yaml:3:5", CODE_ONLY) == []
    assert keys("a.yaml:3:4", "a.yaml:3:5", CODE_ONLY, (0, 1)) == ["exit code"]


TEXTS = {
    "text": ("a.yaml:3:4: bad", "a.yaml:3:5: bad", "a.yaml:3:4: not good"),
    "concise": ("a.yaml:3:4: error core/x: bad", "a.yaml:3:4: note core/x: bad", "a.yaml:3:4: error core/x: not good"),
    "github": ("::error file=a,line=3::bad", "::error file=a,line=4::bad", "::error file=a,line=3::not good"),
    "azure": ("##vso[line=3;]bad", "##vso[line=4;]bad", "##vso[line=3;]not good"),
    "junit": (
        "<t><testcase classname='a' name='b'><failure type='error'>bad</failure></testcase></t>",
        "<t><testcase classname='a' name='b'/></t>",
        "<t><testcase classname='a' name='b'><failure type='error'>not good</failure></testcase></t>",
    ),
    "gitlab": (
        '[{"check_name": "c", "fingerprint": "f", "severity": "minor", "description": "bad"}]',
        '[{"check_name": "c", "fingerprint": "f", "severity": "major", "description": "bad"}]',
        '[{"check_name": "c", "fingerprint": "f", "severity": "minor", "description": "not good"}]',
    ),
    "sarif": (
        '{"results": [{"ruleId": "r", "partialFingerprints": {"a": "1"}, "message": {"text": "bad"}}]}',
        '{"results": [{"ruleId": "r", "partialFingerprints": {"a": "2"}, "message": {"text": "bad"}}]}',
        '{"results": [{"ruleId": "r", "partialFingerprints": {"a": "1"}, "message": {"text": "not good"}}]}',
    ),
}


@pytest.mark.parametrize("form", TEXTS)
def test_every_format_is_compared_by_its_facts(form: str) -> None:
    before, other_fact, other_words = TEXTS[form]
    assert keys(before, other_fact, form) != []
    assert keys(before, other_words, form) == []
