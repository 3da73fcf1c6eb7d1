"""Pull requests that weaken governance under another name, in real repositories: each is a finding, and honest ones are not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.repository import Repository, create

pytestmark = pytest.mark.needs("git")

AGENTS = """shipcheck: 1
defaults: {owner: payables}
use_cases:
  disputes: {stage: production, uses: [desk]}
agents:
  desk: {calls: [pay, mail], untrusted_input: true}
actions:
  pay:
    sensitivity: high
    effects: [payments]
    reversible: false
    guarded_by: [supervisor]
    implemented_by: [{file: src/pay.py, symbol: pay}]
  mail: {sensitivity: low, effects: [communication], reversible: true}
"""
GATES = """shipcheck: 1
defaults: {owner: payables}
gates:
  supervisor:
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [approvers]
    approvals: 3
    verifies_approver: true
    covers: [payments]
    on_timeout: deny
    implemented_by: [{file: src/gate.py, symbol: Gate.ask}]
"""
TEAMS = """shipcheck: 1
teams:
  payables: {contact: "#payables", members: [zoe]}
  approvers: {contact: "#approvers", members: [ann, bob, cem]}
  customers: {contact: "#customers", type: end_users}
"""
PAY, GATE = "def pay():\n    return 1\n", "class Gate:\n    def ask(self):\n        return 1\n"
FILES = {
    "agents.shipcheck.yaml": AGENTS,
    "gates.shipcheck.yaml": GATES,
    "teams.shipcheck.yaml": TEAMS,
    "src/pay.py": PAY,
    "src/gate.py": GATE,
}
V2 = ("shipcheck: 1\n", "shipcheck: 1\nnamespace: v2\n")
UNGATED = ("    guarded_by: [supervisor]\n", "")
SETTLE = ("  pay:\n", "  settle:\n"), ("[pay, mail]", "[settle, mail]")


class Edit(NamedTuple):
    """What a pull request does: replacements in every manifest, new files, and deleted ones."""

    replacements: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, str] = {}
    deleted: tuple[str, ...] = ()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a branch for a pull request, checked out."""
    made = create(tmp_path / "top", FILES)
    made.git("checkout", "--quiet", "-b", "change")
    return made


def judged(repository: Repository, edit: Edit) -> dict[str, Any]:
    """The report of a pull request that makes the edit."""
    texts = {name: text for name, text in FILES.items() if name not in edit.deleted}
    for old, new in edit.replacements:
        texts = {name: text.replace(old, new) if name.endswith(".yaml") else text for name, text in texts.items()}
    for name in edit.deleted:
        repository.git("rm", "--quiet", name)
    repository.commit({**texts, **edit.files})
    return repository.judged(base="main")


def introduced(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (found["policy"].removeprefix("core/"), found["subject"])
        for found in report["findings"]
        if found["change"] == "introduced"
    }


WEAKER = {
    "renamed with lower risk and no gate, paired by code": (
        Edit((*SETTLE, UNGATED, ("sensitivity: high", "sensitivity: medium"))),
        {("change-risk-lowered", "action:settle"), ("change-weakened", "action:settle[guarded_by]")},
    ),
    "renamed by was": (
        Edit((*SETTLE, UNGATED, ("    implemented_by: [{file: src/pay.py, symbol: pay}]\n", "    was: pay\n"))),
        {("change-weakened", "action:settle[guarded_by]"), ("change-weakened", "action:settle[implemented_by]")},
    ),
    "renamed without a word": (
        Edit((*SETTLE, UNGATED, ("    implemented_by: [{file: src/pay.py, symbol: pay}]\n", ""), ("high", "medium"))),
        {("change-gone", "action:pay")},
    ),
    "moved to another namespace, with a weaker gate": (
        Edit((V2, ("approvals: 3", "approvals: 1"), ("    verifies_approver: true\n", ""))),
        {("change-gate-approvers", "gate:v2/supervisor")},
    ),
    "a gate that may now time out": (
        Edit((("on_timeout: deny", "on_timeout: allow"),)),
        {("change-gate-weakened", "gate:supervisor")},
    ),
    "a team of end users in another namespace": (
        Edit((V2, ("[approvers]", "[customers]"), (", type: end_users", ""))),
        {("change-weakened", "team:v2/customers[type]"), ("ungated-sensitive-action", "agent:v2/desk")},
    ),
    "code of a gate that becomes a page": (
        Edit((("{file: src/gate.py, symbol: Gate.ask}", "{file: README.md}"),), {"README.md": "x\n"}, ("src/gate.py",)),
        {("change-weakened", "gate:supervisor[implemented_by]")},
    ),
    "input that is now trusted": (
        Edit((("untrusted_input: true", "untrusted_input: false"),)),
        {("change-weakened", "agent:desk[untrusted_input]")},
    ),
    "everything deleted but the code": (
        Edit(
            files={"shipcheck.yaml": "shipcheck: 1\nnothing_to_declare: {owner: it, date: 2026-11-01, reason: none}\n"},
            deleted=("agents.shipcheck.yaml", "gates.shipcheck.yaml", "teams.shipcheck.yaml"),
        ),
        {("change-gone", "action:pay"), ("change-gone", "agent:desk"), ("change-gone", "gate:supervisor")},
    ),
    "a retired use case that still uses its agent": (
        Edit((("stage: production", "stage: retired"),)),
        {("change-stage-lowered", "use_case:disputes")},
    ),
    "an agent that production no longer uses, though it is still declared": (
        Edit((("uses: [desk]", "uses: []"),)),
        {("change-weakened", "use_case:disputes[uses]")},
    ),
}


@pytest.mark.parametrize("name", WEAKER)
def test_a_weakening_is_an_error_under_any_name(repository: Repository, name: str) -> None:
    edit, expected = WEAKER[name]
    report = judged(repository, edit)
    assert expected <= introduced(report)
    assert report["exit"] == 1


HONEST = {
    "renamed by was": Edit((("  desk: {", "  counter: {was: desk, "), ("[desk]", "[counter]"))),
    "renamed, paired by code": Edit(SETTLE),
    "moved to another file": Edit(files={"more.shipcheck.yaml": GATES}, deleted=("gates.shipcheck.yaml",)),
    "moved to another namespace": Edit((V2,)),
    "code moved to another file": Edit(
        (("file: src/gate.py", "file: src/gates/ask.py"),), {"src/gates/ask.py": GATE}, ("src/gate.py",)
    ),
    "stricter": Edit((("sensitivity: high", "sensitivity: critical"), ("approvals: 3", "approvals: 4"))),
    "a new action": Edit((("[pay, mail]", "[pay, mail, look]"), ("  mail: {", "  look: {sensitivity: low}\n  mail: {"))),
    "an action deleted with its code": Edit(
        (("[pay, mail]", "[mail]"), (AGENTS[AGENTS.index("  pay:\n") : AGENTS.index("  mail: {")], "")), {}, ("src/pay.py",)
    ),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_change_is_no_weakening(repository: Repository, name: str) -> None:
    report = judged(repository, HONEST[name])
    assert {found for found in introduced(report) if found[0].startswith("change-")} == set()


def test_a_renamed_component_keeps_its_findings(repository: Repository) -> None:
    report = judged(repository, HONEST["renamed by was"])
    assert introduced(report) == set()
    assert {change["change"] for change in report["changes"]} == {"component-renamed"}


WAIVER = """shipcheck: 1
waivers:
  - policy: core/sensitive-action-without-audit
    subject: action:pay
    up_to: error
    reason: the ledger is connected in January
    owner: payables
    approver: approvers
    until: 2099-12-31
"""


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("reversible: false", "reversible: false\n    title: Pay", "waived"),
        ("effects: [payments]", "effects: [payments, publication]", "live"),
        ("sensitivity: high", "sensitivity: critical", "live"),
        ("symbol: pay}", "symbol: pay_all}", "live"),
    ],
)
def test_a_waiver_covers_what_it_covered_in_the_base(tmp_path: Path, old: str, new: str, status: str) -> None:
    waiver = WAIVER.replace("2099-12-31", "2027-06-30")
    repository = create(tmp_path / "top", {**FILES, ".shipcheck/waivers.yaml": waiver})
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({"agents.shipcheck.yaml": AGENTS.replace(old, new)})
    report = repository.judged(base="main")
    [found] = [found for found in report["findings"] if found["policy"] == "core/sensitive-action-without-audit"]
    assert (found["status"], found["change"]) == (status, "unchanged")


def test_the_owner_of_a_gate_is_named_where_its_code_changes(repository: Repository) -> None:
    report = judged(repository, Edit(files={"src/gate.py": GATE.replace("1", "2")}))
    [change] = [change for change in report["changes"] if change["change"] == "gate-code-changed"]
    assert change["message"] == "src/gate.py, code of gate:supervisor, is changed; team:payables owns the gate"
