"""Findings that only a stricter rule brings are announced, and waived in the change that brings them; nothing else is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.repository import Repository, create

pytestmark = pytest.mark.needs("git")

FILE, PACK, SETTINGS = ".shipcheck/waivers.yaml", ".shipcheck/local/pack.yaml", ".shipcheck/settings.yaml"
AGENTS = """shipcheck: 1
defaults: {owner: payables}
use_cases:
  disputes: {title: Disputes, stage: production, uses: [desk, clerk]}
agents:
  desk: {calls: [pay]}
  clerk: {title: Clerk, calls: [look]}
actions:
  pay: {sensitivity: medium, effects: [payments], reversible: true, implemented_by: [{file: src/pay.py, symbol: pay}]}
  look: {sensitivity: low, effects: []}
"""
TEAMS = """shipcheck: 1
teams:
  payables: {contact: "#payables", members: [zoe]}
  risk: {contact: "#risk", members: [dan, eve]}
  former: {contact: "#former", active: false}
"""
POLICIES = """pack: local
version: 1.0.0
policies:
  - id: titled
    title: Every use case has a title
    why: A title tells people what it is.
    each: use_case
    must: title is set
"""
TITLED = """  - id: agent-titled
    title: Every agent has a title
    why: A title tells people what it is.
    each: agent
    must: title is set
"""
REACH = """  - id: no-payments
    title: No agent reaches payments
    why: Payments are made by people.
    each: agent
    must_not_reach: action where payments in effects
    along: calls
"""
FILES = {
    "agents.shipcheck.yaml": AGENTS,
    "teams.shipcheck.yaml": TEAMS,
    PACK: POLICIES,
    "src/pay.py": "def pay():\n    return 1\n",
}
BARE, PAYS = ("local/agent-titled", "agent:desk"), ("local/no-payments", "agent:desk")


def waivers(policy: str = "local/agent-titled", target: str = "", **terms: str) -> str:
    given = {"reason": "retitled in January", "owner": "payables", "approver": "risk", "until": "2027-01-31", **terms}
    lines = [f"    {key}: {value}\n" for key, value in given.items()]
    finding = f"  - policy: {policy}\n    subject: agent:desk\n{target}    up_to: error\n"
    return "".join(["shipcheck: 1\nwaivers:\n", finding, *lines])


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a branch for a pull request, checked out."""
    made = create(tmp_path / "top", FILES)
    made.git("checkout", "--quiet", "-b", "change")
    return made


def found(report: Mapping[str, Any], name: tuple[str, str]) -> tuple[str | None, str]:
    """Whether a finding is introduced, announced or unchanged, and its status."""
    [one] = [one for one in report["findings"] if (one["policy"], one["subject"]) == name]
    return one["change"], one["status"]


def test_what_a_new_policy_finds_in_the_base_is_announced_and_waived_in_the_same_change(repository: Repository) -> None:
    repository.commit({PACK: POLICIES + TITLED})
    report = repository.judged(base="main", policies=("local/agent-titled",))
    assert (found(report, BARE), report["exit"]) == (("announced", "live"), 1)
    repository.commit({FILE: waivers()})
    report = repository.judged(base="main", policies=("local/agent-titled",))
    assert (found(report, BARE), report["exit"]) == (("announced", "waived"), 0)
    assert [(item["state"], change["change"]) for item, change in zip(report["waivers"], report["changes"], strict=False)] == [
        ("in_force", "waiver-proposed")
    ]
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "change")
    assert found(repository.judged(policies=("local/agent-titled",)), BARE) == (None, "waived")
    repository.git("checkout", "--quiet", "-B", "next")
    repository.commit({"notes.txt": "x\n"})
    assert found(repository.judged(base="main", policies=("local/agent-titled",)), BARE) == ("unchanged", "waived")


class Case(NamedTuple):
    """Policies and manifests of the head, and what then becomes of one finding that the head waives."""

    policies: str
    agents: Mapping[str, str]
    name: tuple[str, str]
    expected: tuple[str, str]
    files: Mapping[str, str] = {}


ROWS: Mapping[str, Case] = {
    "a path that was there": Case(REACH, {}, PAYS, ("announced", "waived")),
    "a change somewhere else": Case(REACH, {"title: Clerk": "title: The clerk"}, PAYS, ("announced", "waived")),
    "a new agent": Case(
        TITLED, {"desk: {": "teller: {}\n  desk: {"}, ("local/agent-titled", "agent:teller"), ("introduced", "live")
    ),
    "a value that the new rule reads": Case(
        TITLED, {"title: Clerk, ": ""}, ("local/agent-titled", "agent:clerk"), ("introduced", "live")
    ),
    "another value of the subject": Case(TITLED, {"desk: {": "desk: {untrusted_input: true, "}, BARE, ("introduced", "live")),
    "another name of the subject": Case(
        TITLED,
        {"  desk: {": "  teller: {was: desk, ", "[desk, ": "[teller, "},
        ("local/agent-titled", "agent:teller"),
        ("introduced", "live"),
    ),
    "a new link": Case(REACH, {"[look]": "[look, pay]"}, ("local/no-payments", "agent:clerk"), ("introduced", "live")),
    "a new effect": Case(
        REACH,
        {"effects: []": "effects: [payments]"},
        ("local/no-payments", "agent:clerk"),
        ("introduced", "live"),
    ),
    "a graver target": Case(REACH, {"sensitivity: medium": "sensitivity: critical"}, PAYS, ("introduced", "live")),
    "other code of the target": Case(REACH, {}, PAYS, ("introduced", "live"), {"src/pay.py": "def pay():\n    return 2\n"}),
    "a weakening that a stricter form of the same rule would find in the base as well": Case(
        "",
        {"title: Disputes, ": ""},
        ("local/titled", "use_case:disputes"),
        ("introduced", "live"),
        {PACK: POLICIES.replace("title is set", "title is set and review_due is set")},
    ),
    "a weakening that the base's rules find and a stricter rule at once": Case(
        POLICIES.partition("policies:\n")[2].replace("use_case", "agent").replace("titled", "titled-too"),
        {"title: Disputes, ": ""},
        ("local/titled", "use_case:disputes"),
        ("introduced", "live"),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_only_what_the_head_does_not_touch_is_announced(repository: Repository, name: str) -> None:
    case = ROWS[name]
    text = AGENTS
    for old, new in case.agents.items():
        assert old in text
        text = text.replace(old, new)
    policy, subject = case.name
    target = "    target: action:pay\n" if policy == "local/no-payments" else ""
    excuse = waivers(policy, target).replace("agent:desk", subject)
    if name == "a new effect":
        excuse = excuse.replace("action:pay", "action:look")
    repository.commit({PACK: POLICIES + case.policies, "agents.shipcheck.yaml": text, FILE: excuse, **case.files})
    report = repository.judged(base="main", policies=(case.name[0],))
    assert found(report, case.name) == case.expected
    assert not [waiver for waiver in report["waivers"] if waiver["state"] == "unused"]


def test_a_raised_severity_is_announced(tmp_path: Path) -> None:
    """What the base has as a warning, only the stricter settings of the head make an error."""
    lax = {**FILES, PACK: POLICIES + TITLED + "    severity: warning\n", SETTINGS: "shipcheck: 1\npacks: [core]\n"}
    repository = create(tmp_path / "top", lax)
    repository.git("checkout", "--quiet", "-b", "change")
    strict = "shipcheck: 1\npacks: [core]\nseverities: {local/agent-titled: error}\n"
    repository.commit({SETTINGS: strict})
    assert found(repository.judged(base="main", policies=("agent-titled",)), BARE) == ("announced", "live")
    repository.commit({SETTINGS: strict, FILE: waivers()})
    assert found(repository.judged(base="main", policies=("agent-titled",)), BARE) == ("announced", "waived")


@pytest.mark.parametrize(
    ("terms", "teams", "exit_code"),
    [
        ({"until": "2026-11-21"}, "", 1),
        ({"approver": "former"}, "", 3),
        ({"approver": "board"}, "  board: {contact: x}\n", 1),
    ],
)
def test_a_waiver_of_what_is_announced_keeps_to_the_rules_of_the_base(
    repository: Repository, terms: dict[str, str], teams: str, exit_code: int
) -> None:
    repository.commit({PACK: POLICIES + TITLED, FILE: waivers(**terms), "teams.shipcheck.yaml": TEAMS + teams})
    report = repository.judged(base="main", policies=("local/agent-titled",))
    assert report["exit"] == exit_code
    assert [one["status"] for one in report["findings"] if one["subject"] == "agent:desk"] in ([], ["live"], ["expired"])


def test_a_waiver_of_the_base_excuses_nothing_that_is_introduced(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {**FILES, FILE: waivers("core/owner-missing")})
    repository.git("checkout", "--quiet", "-b", "change")
    ownerless = AGENTS.replace("defaults: {owner: payables}\n", "")
    repository.commit({"agents.shipcheck.yaml": ownerless})
    report = repository.judged(base="main", policies=("owner-missing",))
    assert found(report, ("core/owner-missing", "agent:desk")) == ("introduced", "live")
    [one] = [one for one in report["findings"] if (one["policy"], one["subject"]) == ("core/owner-missing", "agent:desk")]
    assert "does not cover what this change introduces" in one["waiver"]
    assert [item["state"] for item in report["waivers"]] == ["outgrown"]


@pytest.mark.parametrize(
    ("terms", "status"),
    [({}, "waived"), ({"until": "2027-02-01"}, "waived"), ({"until": "2026-11-21"}, "expired"), (None, "live")],
)
def test_a_waiver_follows_its_component_to_another_name(tmp_path: Path, terms: dict[str, str] | None, status: str) -> None:
    ownerless = AGENTS.replace("defaults: {owner: payables}\n", "")
    repository = create(tmp_path / "top", {**FILES, "agents.shipcheck.yaml": ownerless, FILE: waivers("core/owner-missing")})
    repository.git("checkout", "--quiet", "-b", "change")
    renamed = ownerless.replace("  desk: {", "  teller: {was: desk, ").replace("[desk, ", "[teller, ")
    excuse = waivers("core/owner-missing", **(terms or {}))
    repository.commit(
        {"agents.shipcheck.yaml": renamed, FILE: excuse.replace("agent:desk", "agent:teller") if terms is not None else excuse}
    )
    report = repository.judged(base="main", policies=("owner-missing",))
    assert found(report, ("core/owner-missing", "agent:teller")) == ("unchanged", status)
    proposed = [change["message"] for change in report["changes"] if change["change"] == "waiver-proposed"]
    assert len(proposed) == (terms == {"until": "2027-02-01"})
