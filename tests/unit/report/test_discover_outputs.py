"""What `shipcheck discover` prints: how each value is known, gate candidates, effects, and coverage in every format."""

import csv
import io
import json
from dataclasses import replace

from tests.support.schemas import validator

from shipcheck.model.discover import DiscoverReport
from shipcheck.model.location import Location, whole_file
from shipcheck.model.observed import (
    AMBIGUOUS,
    CALLER,
    CERTAIN,
    CODE,
    DEFAULT,
    ENVIRONMENT,
    UNKNOWN,
    Coverage,
    Discovery,
    Effect,
    Explained,
    GateCandidate,
    Known,
    NotRead,
    Observed,
    ObservedField,
    ObservedLink,
    Step,
)
from shipcheck.model.problem import Problem
from shipcheck.report.discover.values import known
from shipcheck.report.formats import FORMATS, render


def at(path: str, line: int) -> Location:
    return Location("worktree", path, line, 1, line, 9)


def link(name: str, target: str, value: Known | None = None) -> ObservedLink:
    return ObservedLink(name, target, value or Known(target, CODE))


TRIAGE, CANCEL, REFUND, MODEL = "agent:src/a.py#triage", "action:src/t.py#cancel", "action:src/t.py#refund", "model:src/a.py#m"
GATE = GateCandidate("needs_approval", "human", TRIAGE, REFUND, Known("true", CODE), False, at("src/t.py", 20), "openai-agents@1")  # noqa: FBT003
COMPONENTS = (
    Observed(MODEL, "model", "gpt-5.2", "MODEL", at("src/a.py", 3), "openai-agents@1", CERTAIN),
    Observed(
        TRIAGE,
        "agent",
        "triage",
        "triage",
        at("src/a.py", 12),
        "openai-agents@1",
        CERTAIN,
        fields=(
            ObservedField("entry", (Known("true", CODE),)),
            ObservedField("region", (Known("eu", DEFAULT), Known("", ENVIRONMENT))),
        ),
        links=(
            link("runs_on", MODEL),
            link("calls", CANCEL),
            link("calls", REFUND),
            link("calls", "", Known("", UNKNOWN, "the list is built elsewhere")),
        ),
    ),
    Observed(
        CANCEL,
        "action",
        "cancel_flight",
        "cancel_flight",
        at("src/t.py", 5),
        "openai-agents@1",
        AMBIGUOUS,
        effects=(Effect("deletion", "os.remove", at("src/t.py", 40), (Step("pay", at("src/t.py", 30)),), "effects@1"),),
        unknown_effects=(Known("", UNKNOWN, "calls what is not known", place=at("src/t.py", 7)),),
    ),
    Observed(REFUND, "action", "refund", "refund", at("src/t.py", 18), "openai-agents@1", CERTAIN, effects=(), gates=(GATE,)),
)
ASIDE = Observed("agent:tests/a.py#x", "agent", "x", "x", at("tests/a.py", 1), "openai-agents@1", CERTAIN, aside=True)
COVERAGE = Coverage(
    seen=12,
    parsed=2,
    skipped=5,
    unparsed=(NotRead("too_large", "larger than is read", ("src/big.py",)),),
    not_analysed=(NotRead("go", "Go", ("a.go", "b.go", "c.go", "d.go")),),
    broken=(at("src/b.py", 7),),
    aside=(("tests/", 1),),
    unknown_frameworks=(("LlamaIndex", at("src/s.py", 2)),),
    cut=(("src/a.py", 3),),
)
REPORT = DiscoverReport(
    "0.1.0",
    "worktree",
    "",
    "shop",
    Discovery((*COMPONENTS, ASIDE), COVERAGE, (), ("openai-agents@1",), {"openai-agents": "OpenAI Agents SDK"}),
    COMPONENTS,
    (ASIDE,),
)


def test_people_read_components_by_kind_then_gates_effects_and_coverage() -> None:
    assert render("discover", "text", REPORT).splitlines() == [
        "Found 1 agent, 2 actions, 1 model in shop (worktree).",
        "",
        (
            "agent triage (OpenAI Agents SDK)  src/a.py:12  runs on gpt-5.2"
            " · calls cancel_flight, refund, unknown: the list is built elsewhere · entry true"
            " · region eu by default or unknown, from the environment · no gate candidate"
        ),
        "",
        (
            "action cancel_flight (OpenAI Agents SDK)  src/t.py:5   ambiguous"
            " · effects deletion, others unknown: calls what is not known · no gate candidate"
        ),
        "action refund (OpenAI Agents SDK)         src/t.py:18  no effects found · gate candidate needs_approval true",
        "",
        "model gpt-5.2 (OpenAI Agents SDK)  src/a.py:3",
        "",
        "gate candidates",
        "  Gate candidate  Class  Value  On                 Place",
        "  needs_approval  human  true   refund for triage  src/t.py:20",
        "",
        "effects",
        "  Of             Effect    Call                     Place        Through",
        "  cancel_flight  deletion  os.remove                src/t.py:40  pay (src/t.py:30)",
        "  cancel_flight  unknown   calls what is not known  src/t.py:7",
        "",
        "coverage",
        "  12 files: 2 parsed, 5 without anything that a detector looks for, 1 unparsed, 4 not analysed",
        "  not analysed   Go                                                          4 files (a.go, b.go, c.go and 1 more)",
        "  unparsed       larger than is read                                         1 file (src/big.py)",
        "  partly parsed  not valid in its language                                   src/b.py:7",
        "  given up       too much to follow                                          src/a.py (3)",
        "  imported       LlamaIndex, which no detector knows                         src/s.py:2",
        "  aside          1 component of tests, examples, documents or vendored code  tests/ (1)",
    ]


def test_each_way_to_know_a_value_is_said() -> None:
    values = {
        Known("x", CODE): "x",
        Known("x", CODE, when="prod"): "x when prod",
        Known("x", DEFAULT): "x by default",
        Known("x", ENVIRONMENT): "x from the environment",
        Known("", ENVIRONMENT): "unknown, from the environment",
        Known("", CALLER): "unknown, from the caller",
        Known("", UNKNOWN, "it is computed"): "unknown: it is computed",
        Known("", UNKNOWN): "unknown",
        Known("x", UNKNOWN, "it may change"): "x, not certain: it may change",
    }
    assert {value: known(value) for value in values} == values


def test_a_spreadsheet_has_a_row_for_each_component_and_each_line_of_coverage() -> None:
    rows = list(csv.DictReader(io.StringIO(render("discover", "csv", REPORT), newline="")))
    found = [(row["kind"], row["name"], row["file"], row["line"], row["aside"]) for row in rows if row["kind"] != "coverage"]
    assert found == [
        ("agent", "triage", "src/a.py", "12", "no"),
        ("action", "cancel_flight", "src/t.py", "5", "no"),
        ("action", "refund", "src/t.py", "18", "no"),
        ("model", "gpt-5.2", "src/a.py", "3", "no"),
        ("agent", "x", "tests/a.py", "1", "yes"),
    ]
    assert rows[0]["links"] == "runs on gpt-5.2; calls cancel_flight, refund, unknown: the list is built elsewhere"
    coverage = [(row["name"], row["links"]) for row in rows if row["kind"] == "coverage"]
    assert coverage[0][0].startswith("12 files: 2 parsed, ")
    assert ("not analysed: Go", "4 files (a.go, b.go, c.go, d.go)") in coverage


def test_data_is_complete_and_what_its_schema_says() -> None:
    problem = Problem(whole_file("worktree", "a.go"), "code-not-covered", "a.go is not analysed: Go")
    explained = Explained("src/a.py:12", ("agent triage",))
    whole = replace(REPORT, problems=(problem,), explained=explained, only="src", kinds=("agent",), idle=("x",))
    for report in (REPORT, whole):
        data = json.loads(render("discover", "json", report))
        assert list(validator("discover").iter_errors(data)) == []
        assert [each["key"] for each in data["components"]] == [TRIAGE, CANCEL, REFUND, MODEL]
        assert [each["key"] for each in data["aside"]] == [ASIDE.key]
        coverage = data["coverage"]
        lines = [len(line["files"]) for line in (*coverage["unparsed"], *coverage["not_analysed"])]
        assert coverage["seen"] == coverage["parsed"] + coverage["skipped"] + sum(lines)
    assert data["explained"] == {"place": "src/a.py:12", "lines": ["agent triage"]}


def test_what_was_not_analysed_is_in_every_format() -> None:
    for name in FORMATS["discover"]:
        printed = render("discover", name, REPORT)
        assert "Go" in printed, name
        assert "a.go" in printed, name
        assert "LlamaIndex" in printed, name


def test_nothing_found_in_a_language_that_is_not_read_does_not_look_clean() -> None:
    empty = replace(REPORT, shown=(), aside=(), discovery=replace(REPORT.discovery, components=()))
    first = render("discover", "text", empty).splitlines()[0]
    assert first == "Found no AI component in what was analysed of shop (worktree); 5 files were not analysed, see below."


def test_many_names_are_counted_for_people() -> None:
    links = tuple(link("calls", f"action:x#{number}") for number in range(9))
    many = replace(REPORT, shown=(replace(COMPONENTS[1], links=links, fields=()),))
    assert "calls action:x#0, action:x#1, action:x#2, action:x#3, action:x#4, action:x#5 and 3 more" in render(
        "discover", "text", many
    )
    assert "and 3 more" not in render("discover", "csv", many).splitlines()[1]
