"""The waivers file: what it may say, and that the published schema says the same."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from referencing import Registry

from shipcheck.model.document import Document, File
from shipcheck.model.policy import Severity
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.model.waiver import Waiver
from shipcheck.read.parse import parse
from shipcheck.waivers.read_waivers import read_waivers, team_named

ROOT = Path(__file__).resolve().parents[3]
ITEM = {
    "policy": "core/owner-missing",
    "subject": "agent:desk",
    "up_to": "error",
    "reason": "until the move",
    "owner": "payables",
    "approver": "team:risk",
    "until": "2027-01-31",
}
TERMS = {key: ITEM[key] for key in ("reason", "owner", "approver", "until")}
NAMED = {key: ITEM[key] for key in ("policy", "subject", "up_to")}


def document(text: str) -> Document:
    found = parse(File("worktree", ".shipcheck/waivers.yaml", text.encode()))
    assert isinstance(found, Document), found
    return found


def read(text: str) -> tuple[list[Waiver], list[str]]:
    found = read_waivers(document(text))
    problems = [f"{item.location.line}:{item.location.column} {item.message}" for item in found if isinstance(item, Problem)]
    return [item for item in found if isinstance(item, Waiver)], problems


def text_of(data: Any) -> str:
    """Data as YAML that this reader takes: JSON, with the numbers and days plain."""
    text = json.dumps(data)
    return text.replace('"2027-01-31"', "2027-01-31")


def with_item(**changes: Any) -> str:
    item = {key: value for key, value in {**ITEM, **changes}.items() if value is not None}
    return text_of({"shipcheck": 1, "waivers": [item]})


def validator() -> Draft7Validator:
    schema: dict[str, Any] = json.loads((ROOT / "schemas/waivers.schema.json").read_text())
    Draft7Validator.check_schema(schema)
    registry: Any = Registry()
    return Draft7Validator(schema, registry=registry)


VALIDATOR = validator()


def test_a_waiver_says_what_is_excused_by_whom_and_until_when() -> None:
    (waiver,), problems = read(with_item(target="action:pay", members=["agent:a", "agent:b"]))
    assert problems == []
    assert (waiver.policy, waiver.subject, waiver.target) == ("core/owner-missing", "agent:desk", "action:pay")
    assert (waiver.members, waiver.up_to, waiver.baseline) == (("agent:a", "agent:b"), Severity.ERROR, False)
    terms = waiver.terms
    assert (terms.owner, terms.approver, terms.until) == ("team:payables", "team:risk", date(2027, 1, 31))


def test_the_items_of_a_baseline_share_their_terms() -> None:
    findings = [NAMED, {**NAMED, "subject": "agent:other"}]
    waivers, problems = read(text_of({"shipcheck": 1, "baseline": {**TERMS, "findings": findings}}))
    assert problems == []
    assert [waiver.subject for waiver in waivers] == ["agent:desk", "agent:other"]
    assert waivers[0].terms is waivers[1].terms
    assert all(waiver.baseline for waiver in waivers)


def test_a_file_may_say_nothing() -> None:
    assert read("shipcheck: 1\n") == ([], [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"policy": "owner-missing"},
            "'owner-missing' is not a valid policy name; write its full name, such as core/owner-missing",
        ),
        ({"policy": "core/*"}, "'core/*' is not a valid policy name; write its full name, such as core/owner-missing"),
        ({"policy": None}, "'policy' is missing; add it"),
        ({"reason": None, "owner": None}, "'reason' and 'owner' are missing; add them"),
        ({"subject": ""}, "the text is empty; write a text"),
        ({"reason": "  "}, "the text is empty; write a text"),
        ({"reason": "x" * 2001}, "the text is longer than 2000 characters; shorten it"),
        ({"reason": ["x"]}, "expected one value, not a list or a map"),
        ({"up_to": "errors"}, "'errors' is not one of error or warning; did you mean 'error'?"),
        ({"up_to": "note"}, "'note' is not one of error or warning"),
        ({"owner": "Payables"}, "'Payables' is not a valid team name; write it as in manifests, such as platform"),
        ({"owner": "agent:desk"}, "'agent:desk' is not a valid team name; write it as in manifests, such as platform"),
        ({"approver": "payables"}, "team:payables cannot approve its own waiver; name another team as approver"),
        ({"approver": "default/payables"}, "team:payables cannot approve its own waiver; name another team as approver"),
        ({"until": "2027-02-30"}, "'2027-02-30' is not a date; write it as 2027-01-31"),
        ({"until": "31.1.2027"}, "'31.1.2027' is not a date; write it as 2027-01-31"),
        ({"until": "never"}, "'never' is not a date; write it as 2027-01-31"),
        ({"until": "YYYY-MM-DD"}, "'YYYY-MM-DD' is a placeholder; write a date such as 2027-01-31"),
        ({"owner": "TEAM"}, "'TEAM' is a placeholder; write the name of a team"),
        ({"reason": "..."}, "'...' is a placeholder; write the reason"),
        ({"members": []}, "the list is empty; add an item, or remove the key"),
        ({"members": "agent:a"}, "expected a list; write each item after '- ' on its own line, or remove the key"),
        ({"members": ["a", "a"]}, "an item is in the list twice; keep one"),
        ({"subjects": "x"}, "unknown key 'subjects'; did you mean 'subject'?"),
    ],
)
def test_what_is_not_a_waiver_is_a_problem_in_plain_words(changes: dict[str, Any], message: str) -> None:
    waivers, problems = read(with_item(**changes))
    assert waivers == []
    assert [problem.partition(" ")[2] for problem in problems] == [message]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "1:1 expected a map; its keys are shipcheck, waivers, baseline and consents"),
        ("waivers: []", "1:1 'shipcheck' is missing; add it as 'shipcheck: 1'"),
        ("shipcheck: 2", "1:12 unknown version '2'; write 1"),
        ('shipcheck: "1"', "1:12 unknown version '1'; write 1"),
        (
            "shipcheck: 1\nwaivers:\n",
            "2:9 expected a list; write each item after '- ' on its own line, or remove the key",
        ),
        (
            "shipcheck: 1\nwaivers:\n  - x\n",
            "3:5 expected a map; its keys are policy, subject, target, members, up_to, reason, owner,",
        ),
        ("shipcheck: 1\nwaiver: []\n", "2:1 unknown key 'waiver'; did you mean 'waivers'?"),
        ("shipcheck: 1\nbaseline: {reason: x}\n", "2:11 'owner', 'approver', 'until' and 'findings' are missing; add them"),
    ],
)
def test_a_file_that_is_none_of_waivers_is_a_problem_at_its_place(text: str, problem: str) -> None:
    waivers, problems = read(text)
    assert waivers == []
    assert problems[0].startswith(problem)


def test_a_plain_word_that_yaml_takes_for_something_else_is_to_be_quoted() -> None:
    text = with_item().replace('"until the move"', "no")
    assert read(text)[1] == [f"1:{text.index(' no,') + 2} 'no' can be read as something other than text; quote it"]


def test_a_finding_is_waived_once() -> None:
    text = text_of({"shipcheck": 1, "waivers": [ITEM], "baseline": {**TERMS, "findings": [NAMED]}})
    assert [problem.partition(" ")[2] for problem in read(text)[1]] == ["core/owner-missing agent:desk is waived twice; keep one"]


def test_a_hostile_file_ends_in_so_many_problems() -> None:
    items = "".join(f"  - {{polcy{number}: x, until: {number}}}\n" for number in range(3000))
    assert len(read(f"shipcheck: 1\nwaivers:\n{items}")[1]) == 200


def test_teams_have_one_spelling() -> None:
    spellings = ["risk", "team:risk", "default/risk", "team:default/risk"]
    assert {team_named(text) for text in spellings} == {"team:risk"}
    assert team_named("team:platform/risk") == "team:platform/risk"
    assert [team_named(text) for text in ("gate:risk", "risk-", "a/b/c", "risk\n", "", "RISK")] == [None] * 6


_VALUES = st.one_of(
    st.sampled_from([*ITEM.values(), "", " ", "x", "no", "2027-13-01", 1, 1.5, True, None, "error", "a/b", "core/x", "team:a"]),
    st.lists(st.sampled_from(["a", "b", "", 1]), max_size=3),
    st.just({"a": "b"}),
)
_KEYS = st.sampled_from([*ITEM, "target", "members", "subjects", "findings"])


def _changed(draw: st.DrawFn, base: dict[str, Any]) -> dict[str, Any]:
    changed = {**base, **draw(st.dictionaries(_KEYS, _VALUES, max_size=2))}
    for key in draw(st.lists(st.sampled_from(list(base)), max_size=1)):
        changed.pop(key, None)
    return changed


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """Something like a file of waivers, right or with a few mistakes."""
    data: dict[str, Any] = {"shipcheck": draw(st.sampled_from([1, 1, 1, 2, "1"]))}
    if draw(st.booleans()):
        data["waivers"] = [{**_changed(draw, ITEM), "subject": f"agent:a{number}"} for number in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        findings = [{**_changed(draw, NAMED), "target": f"action:a{number}"} for number in range(draw(st.integers(0, 2)))]
        data["baseline"] = _changed(draw, {**TERMS, "findings": findings})
    return data


# What the schema cannot say, or says of data where the reader sees how it is written.
BEYOND = ("cannot approve what it asks for itself", "is no day", "can be read as something other than text", "is waived twice")


@given(files())
def test_the_schema_and_the_reader_agree(data: dict[str, Any]) -> None:
    text = text_of(data)
    expected = VALIDATOR.is_valid(plain(document(text).root))
    _, problems = read(text)
    beyond = [problem for problem in problems if any(words in problem for words in BEYOND)]
    if expected:
        assert problems == beyond
    else:
        assert problems
