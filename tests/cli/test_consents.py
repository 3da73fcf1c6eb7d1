"""An intended weakening, from the finding that prints the consent to the merge that uses it, and what no consent covers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.repository import DAY, Repository, create
from tests.support.running import write

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.policy import Severity

pytestmark = pytest.mark.needs("git")

FILE = ".shipcheck/waivers.yaml"
AGENTS = """shipcheck: 1
defaults: {owner: payables}
use_cases:
  disputes: {stage: production, uses: [desk]}
agents:
  desk: {calls: [pay, mail], untrusted_input: true}
actions:
  pay: {sensitivity: high, effects: [payments], reversible: false, guarded_by: [supervisor]}
  mail: {sensitivity: low, effects: [communication], reversible: true}
gates:
  supervisor:
    decided_by: human
    timing: before
    decisions: [approve, reject]
    approvers: [approvers]
    approvals: 3
    covers: [payments]
    on_timeout: deny
"""
TEAMS = """shipcheck: 1
teams:
  payables: {contact: "#payables", members: [zoe]}
  approvers: {contact: "#approvers", members: [ann, bob, cem]}
  risk: {contact: "#risk", members: [dan, eve]}
  vendor: {contact: "#vendor", type: vendor, members: [kim]}
  former: {contact: "#former", active: false}
  same: {contact: "#same", members: [zoe]}
"""
FILES = {"agents.shipcheck.yaml": AGENTS, "teams.shipcheck.yaml": TEAMS}
TERMS = {"reason": "all mail is filtered first", "owner": "payables", "approver": "risk", "until": "2027-01-31"}
TRUSTING = ("untrusted_input: true", "untrusted_input: false")
TRUST = {"component": "agent:desk", "field": "untrusted_input", "from": '"true"', "to": '"false"'}
UNGATED = (", guarded_by: [supervisor]", "")
UNGATE = {"component": "action:pay", "field": "guarded_by", "from": '"[gate:supervisor]"'}


def consents(*items: Mapping[str, str]) -> str:
    lines = ["shipcheck: 1\n", *(["consents:\n"] if items else [])]
    for item in items:
        pairs = [f"{key}: {value}\n" for key, value in {**item, **TERMS, **item}.items() if value]
        lines += [f"  {'- ' if number == 0 else '  '}{pair}" for number, pair in enumerate(pairs)]
    return "".join(lines)


def edited(*replacements: tuple[str, str]) -> dict[str, str]:
    text = AGENTS
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return {"agents.shipcheck.yaml": text}


def started(tmp_path: Path, *items: Mapping[str, str], files: Mapping[str, str] = FILES) -> Repository:
    """A repository whose main branch has these consents, with a branch checked out."""
    repository = create(tmp_path / "top", {**files, FILE: consents(*items)})
    repository.git("checkout", "--quiet", "-b", "change")
    return repository


def statuses(report: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """The status of each introduced finding, by policy and subject."""
    return {
        (found["policy"].removeprefix("core/"), found["subject"]): found["status"]
        for found in report["findings"]
        if found["change"] == "introduced"
    }


def states(report: Mapping[str, Any]) -> list[str]:
    return [consent["state"] for consent in report["consents"]]


CHANGING = ("change-gate-owner", "change-gate-weakened", "change-gate-approvers", "change-stage-lowered", "change-decision")
# Others make the tests slower, and tell nothing more.
POLICIES = ("ungated-sensitive-action", "change-gate-weakened")
TRUSTED = ("change-weakened", "agent:desk[untrusted_input]")
LOST = ("change-weakened", "action:pay[guarded_by]")
OPEN = ("ungated-sensitive-action", "agent:desk")


def live(report: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {name for name, status in statuses(report).items() if status == "live"}


def merged(repository: Repository, branch: str = "change") -> None:
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-edit", branch)


def test_an_intended_weakening_takes_two_merges(tmp_path: Path) -> None:
    repository = started(tmp_path)
    repository.commit(edited(TRUSTING))
    report = repository.judged(base="main")
    assert (live(report), report["exit"]) == ({TRUSTED}, 1)
    fix = next(found["fix"] for found in report["findings"] if found["policy"] == "core/change-weakened")
    assert "first the consent, completed, in .shipcheck/waivers.yaml" in fix["note"]
    text = fix["write"].replace("...", "mail is filtered").replace("owner: TEAM", "owner: payables")
    text = text.replace("approver: TEAM", "approver: risk").replace("YYYY-MM-DD", "2027-01-31")
    repository.git("checkout", "--quiet", "-B", "first", "main")
    repository.commit({FILE: f"shipcheck: 1\n{text}\n"})
    report = repository.judged(base="main")
    assert live(report) == set()
    assert (states(report), report["changes"][0]["change"]) == (["proposed"], "consent-proposed")
    merged(repository, "first")
    assert states(repository.judged()) == ["ready"]
    repository.git("checkout", "--quiet", "-B", "second")
    repository.commit({**edited(TRUSTING), FILE: "shipcheck: 1\n"})
    report = repository.judged(base="main")
    assert statuses(report)[TRUSTED] == "consented"
    assert (states(report), live(report)) == (["used"], set())
    [found] = [found for found in report["findings"] if found["status"] == "consented"]
    assert found["waiver"] == (
        "the consent (.shipcheck/waivers.yaml:3:5 in the base) is used by this change, approved by team:risk: mail is filtered"
    )
    merged(repository, "second")
    repository.git("checkout", "--quiet", "-B", "third")
    repository.commit({"notes.txt": "more\n"})
    report = repository.judged(base="main")
    assert (statuses(report), states(report)) == ({}, [])


def test_what_rests_on_the_edit_alone_is_accepted_with_it(tmp_path: Path) -> None:
    repository = started(tmp_path, UNGATE)
    repository.commit({**edited(UNGATED), FILE: "shipcheck: 1\n"})
    report = repository.judged(base="main")
    assert {LOST, OPEN} <= statuses(report).keys()
    assert set(statuses(report).values()) == {"consented"}
    [found] = [found for found in report["findings"] if found["policy"] == "core/ungated-sensitive-action"]
    assert found["waiver"].endswith("; once this is merged, the finding is live unless this change adds a waiver for it")
    finding = "policy: core/ungated-sensitive-action\n    subject: agent:desk\n    target: action:pay\n    up_to: error\n"
    terms = "".join(f"    {key}: {value}\n" for key, value in TERMS.items())
    repository.commit({FILE: f"shipcheck: 1\nwaivers:\n  - {finding}{terms}"})
    report = repository.judged(base="main")
    assert (statuses(report)[OPEN], [waiver["state"] for waiver in report["waivers"]]) == ("consented", ["proposed"])
    merged(repository)
    repository.git("checkout", "--quiet", "-B", "next")
    report = repository.judged(base="main", policies=("ungated-sensitive-action",))
    assert [(one["change"], one["status"]) for one in report["findings"]] == [("unchanged", "waived")]


RETIMED = ("timing: before", "timing: after")
RETIME = {"component": "gate:supervisor", "field": "timing", "from": "before", "to": "after"}
CALL = ("[pay, mail]", "[pay, mail, wipe]"), ("actions:\n", "actions:\n  wipe: {sensitivity: critical, owner: payables}\n")
WIPE = {"component": "action:wipe", "to": '"{owner: team:payables, sensitivity: critical}"'}
SETTINGS = ".shipcheck/settings.yaml"
STRICT, LAX = "shipcheck: 1\nfail_on: warning\n", "shipcheck: 1\nfail_on: error\n"
RELAX = {"file": SETTINGS, "field": "fail_on", "from": "warning", "to": "error"}
PACK = ".shipcheck/local/pack.yaml"
POLICY = """pack: local
version: 1.0.0
policies:
  - id: described
    title: T
    why: W
    each: gate
    must: owner is set
"""
LOOP = """pack: local
version: 1.0.0
policies:
  - id: loop
    title: T
    why: W
    all: agent
    must_not_cycle: true
    along: delegates_to
"""
SPLIT = (
    ("calls: [pay, mail], untrusted_input: true", "calls: [pay, mail], untrusted_input: false"),
    ("agents:\n", "agents:\n  clerk: {was: desk, calls: [pay, mail], untrusted_input: false}\n"),
)

COVERED: Mapping[str, tuple[list[Mapping[str, str]], Mapping[str, str], Mapping[str, str], tuple[str, str]]] = {
    "a component that has another name now": (
        [TRUST],
        {},
        edited(TRUSTING, ("  desk: {", "  counter: {was: desk, "), ("uses: [desk]", "uses: [counter]")),
        ("change-weakened", "agent:counter[untrusted_input]"),
    ),
    "what a policy of core judges": ([RETIME], {}, edited(RETIMED), ("change-gate-weakened", "gate:supervisor")),
    "a component with the default namespace in its name": (
        [{**TRUST, "component": "agent:default/desk"}],
        {},
        edited(TRUSTING),
        TRUSTED,
    ),
    "a team, which is judged as the base has it": (
        [{"component": "team:vendor", "field": "type", "from": "vendor", "to": "staff"}],
        {},
        {"teams.shipcheck.yaml": TEAMS.replace("type: vendor, ", "")},
        ("change-weakened", "team:vendor[type]"),
    ),
    "a setting": ([RELAX], {SETTINGS: STRICT}, {SETTINGS: LAX}, ("change-settings", "settings[fail_on]")),
    "a component that is gone": (
        [
            {
                "component": "action:mail",
                "from": '"{owner: team:payables, sensitivity: low, effects: [communication], reversible: true}"',
            },
            {"component": "agent:desk", "field": "calls", "from": '"[action:mail, action:pay]"', "to": '"[action:pay]"'},
            {"component": "agent:clerk", "from": '"{owner: team:payables}"'},
        ],
        edited(("agents:\n", "agents:\n  clerk: {}\n")),
        edited(("[pay, mail]", "[pay]"), (AGENTS[AGENTS.index("  mail: {") : AGENTS.index("gates:")], "")),
        ("change-gone", "agent:clerk"),
    ),
    "a new component, and the link to it": (
        [
            WIPE,
            {
                "component": "agent:desk",
                "field": "calls",
                "from": '"[action:mail, action:pay]"',
                "to": '"[action:mail, action:pay, action:wipe]"',
            },
        ],
        {},
        edited(*CALL),
        OPEN,
    ),
}


@pytest.mark.parametrize("name", COVERED)
def test_a_consent_covers(tmp_path: Path, name: str) -> None:
    items, base, head, expected = COVERED[name]
    repository = started(tmp_path, *items, files={**FILES, **base})
    repository.commit({**head, FILE: "shipcheck: 1\n"})
    report = repository.judged(base="main", policies=POLICIES)
    found = statuses(report)
    assert found[expected] == "consented"
    assert {status for (policy, _), status in found.items() if policy.startswith("change-")} <= {"consented"}
    assert set(states(report)) == {"used"}


class Step(NamedTuple):
    """What a change does, and files that the base has besides the usual ones."""

    files: Mapping[str, str]
    base: Mapping[str, str] = {}
    deleted: str = ""


CLERK = edited(("agents:\n", "agents:\n  clerk: {title: 'It says: \\\"yes\\\", [no]'}\n".replace("\\\\", "")))
TWO_PACKS = "shipcheck: 1\npacks: [core, eu-ai-act]\n"
STEPS: Mapping[str, Step] = {
    "a field": Step(edited(TRUSTING)),
    "a link": Step(edited(UNGATED)),
    "two fields that one policy judges": Step(edited(RETIMED, ("on_timeout: deny", "on_timeout: allow"))),
    "a list": Step(edited(("[approve, reject]", "[approve]"))),
    "a number": Step(edited(("approvals: 3", "approvals: 1"))),
    "a stage": Step(edited(("stage: production", "stage: pilot"))),
    "a part of a record": Step(
        edited(("stage: production", "stage: production, decision: {result: selected, by: risk}")),
        edited(("stage: production", "stage: production, decision: {result: rejected, date: 2026-01-01, by: risk}")),
    ),
    "the owner of a gate": Step(edited(("  supervisor:\n", "  supervisor:\n    owner: former\n"))),
    "a component with a text that needs quotes": Step(edited(), CLERK),
    "code": Step(
        edited(),
        {**edited(("  mail: {", "  mail: {implemented_by: [{file: src/a.py, symbol: f}], ")), "src/a.py": "def f():\n    pass\n"},
    ),
    "a pack that is left out": Step({SETTINGS: "shipcheck: 1\npacks: [core]\n"}, {SETTINGS: TWO_PACKS}),
    "a parameter": Step(
        {SETTINGS: "shipcheck: 1\nparameters: {core: {waiver_days: 300}}\n"},
        {SETTINGS: "shipcheck: 1\nparameters: {core: {waiver_days: 90}}\n"},
    ),
    "a severity": Step(
        {SETTINGS: "shipcheck: 1\n"}, {SETTINGS: "shipcheck: 1\nseverities: {core/agent-without-use-case: error}\n"}
    ),
    "a pattern": Step({SETTINGS: "shipcheck: 1\nmanifests: {ignore: [old/*]}\n"}, {"old/notes.txt": "nothing\n"}),
    "a policy": Step({PACK: POLICY.replace("owner is set", "title is set or owner is set")}, {PACK: POLICY}),
    "a policy that is removed": Step({PACK: POLICY.replace("described", "named")}, {PACK: POLICY}),
}


@pytest.mark.parametrize("name", STEPS)
def test_the_consents_that_are_printed_let_the_change_through(tmp_path: Path, name: str) -> None:
    step = STEPS[name]
    repository = create(tmp_path / "top", {**FILES, **step.base})
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit(step.files)
    found = [
        one for one in repository.judged(base="main", policies=CHANGING)["findings"] if one["policy"].startswith("core/change-")
    ]
    texts = dict.fromkeys(one["fix"]["write"].removeprefix("consents:\n") for one in found)
    assert texts
    text = "shipcheck: 1\nconsents:\n" + "\n".join(texts) + "\n"
    for old, new in (
        ("...", "why"),
        ("owner: TEAM", "owner: payables"),
        ("approver: TEAM", "approver: risk"),
        ("YYYY-MM-DD", "2027-01-31"),
    ):
        text = text.replace(old, new)
    repository.git("checkout", "--quiet", "main")
    repository.commit({FILE: text})
    repository.git("checkout", "--quiet", "-b", "again")
    repository.commit({**step.files, FILE: consents()})
    report = repository.judged(base="main", policies=CHANGING)
    assert {one["status"] for one in report["findings"] if one["policy"].startswith("core/change-")} == {"consented"}
    assert set(states(report)) == {"used"}
    assert len(texts) <= len(found)


class Attack(NamedTuple):
    """Consents of the base, what else it has, what the head does and which it keeps, and a finding that must be live then."""

    base: list[Mapping[str, str]]
    head: Mapping[str, str]
    live: tuple[str, str] = TRUSTED
    state: str = ""
    kept: tuple[Mapping[str, str], ...] = ()
    files: Mapping[str, str] = {}


TRUSTS = edited(TRUSTING)
STAFF = {"teams.shipcheck.yaml": TEAMS.replace("type: vendor, ", "")}
NEW_TEAM = {"teams.shipcheck.yaml": TEAMS + "  board: {contact: x, members: [max]}\n"}
GATE_CODE = "    implemented_by: [{file: src/gate.py, symbol: Gate.ask}]\n"
GATED = {
    **edited(("    on_timeout: deny\n", f"    on_timeout: deny\n{GATE_CODE}")),
    "src/gate.py": "class Gate:\n    def ask(self):\n        return input() == 'yes'\n",
}
WITH_BANK = ("agents:\n", "systems: {bank: {owner: payables}}\nagents:\n")
RISKIER = ("sensitivity: high", "sensitivity: critical")
MORE_EFFECTS = ("effects: [payments]", "effects: [payments, data_change]")
MORE_COVERED = ("covers: [payments]", "covers: [payments, data_change]")
ONCE_REVERSIBLE = ("reversible: false", "reversible: true")
CODE_OF_ONE = "implemented_by: [{file: src/pay.py, symbol: pay}]"
CODE_OF_BOTH = "implemented_by: [{file: src/pay.py, symbol: pay}, {file: src/pay.py, symbol: refund}]"
TWO_FUNCTIONS = "def pay():\n    return 1\n\n\ndef refund():\n    return 2\n"
PILOT = edited(("stage: production", "stage: pilot"))
OLD_MAIL = "{owner: team:payables, sensitivity: low, effects: [communication], reversible: true}"
SWAPPED = edited(
    ("[pay, mail]", "[mail]"),
    (", guarded_by: [supervisor]}", "}"),
    ("  pay:", "  old:"),
    ("  mail:", "  pay:"),
    ("  old:", "  mail:"),
)

ATTACKS: Mapping[str, Attack] = {
    "a consent that only the head has": Attack([], TRUSTS, state="proposed", kept=(TRUST,)),
    "a consent that the head keeps": Attack([TRUST], TRUSTS, state="kept", kept=(TRUST,)),
    "a consent that the head keeps in other terms": Attack(
        [TRUST], TRUSTS, state="kept", kept=({**TRUST, "approver": "approvers"},)
    ),
    "a consent to another value": Attack([{**TRUST, "to": ""}], TRUSTS, state="unused"),
    "a consent from another value": Attack([{**TRUST, "from": ""}], TRUSTS, state="unused"),
    "a consent to the edit the other way round": Attack([{**TRUST, "from": '"false"', "to": '"true"'}], TRUSTS, state="unused"),
    "a consent to another field": Attack([{**TRUST, "field": "entry"}], TRUSTS, state="unused"),
    "a consent to another component": Attack([{**TRUST, "component": "agent:clerk"}], TRUSTS, state="unused"),
    "a consent to the same name in another namespace": Attack([{**TRUST, "component": "agent:v2/desk"}], TRUSTS, state="unused"),
    "a consent that is expired": Attack([{**TRUST, "until": "2026-11-21"}], TRUSTS, state="ended"),
    "a consent that a vendor approves": Attack([{**TRUST, "approver": "vendor"}], TRUSTS, state="refused"),
    "a vendor that the head makes staff": Attack([{**TRUST, "approver": "vendor"}], {**TRUSTS, **STAFF}, state="refused"),
    "an inactive approver": Attack([{**TRUST, "approver": "former"}], TRUSTS, state="refused"),
    "an approver that only the head has": Attack([{**TRUST, "approver": "board"}], {**TRUSTS, **NEW_TEAM}, state="refused"),
    "an approver with the owner's people": Attack([{**TRUST, "approver": "same"}], TRUSTS, state="refused"),
    "an owner that does not exist": Attack([{**TRUST, "owner": "board"}], TRUSTS, state="refused"),
    "one consent for two edits": Attack([TRUST], edited(*SPLIT), state="refused"),
    "a second weakening beside the one that is consented to": Attack([TRUST], edited(TRUSTING, UNGATED), LOST, "used"),
    "what rests on a second weakening": Attack([TRUST], edited(TRUSTING, UNGATED), OPEN, "used"),
    "a second weakening that the same policy judges": Attack(
        [RETIME], edited(RETIMED, ("on_timeout: deny", "on_timeout: allow")), ("change-gate-weakened", "gate:supervisor"), "used"
    ),
    "a finding that the edit does not cause alone": Attack(
        [{"component": "action:mail", "field": "guarded_by", "from": '"[gate:supervisor]"'}],
        edited(("sensitivity: low", "sensitivity: high")),
        OPEN,
        "used",
        files=edited(("reversible: true}", "reversible: true, guarded_by: [supervisor]}")),
    ),
    "people who own the new agent that they record": Attack(
        [{"component": "audit_sink:log", "field": "owner", "from": '"[team:payables]"', "to": '"[team:risk]"'}],
        edited(
            ("gates:\n", "audit_sinks:\n  log: {owner: risk}\ngates:\n"),
            ("agents:\n", "agents:\n  clerk: {owner: risk, calls: [mail], audited_by: [log]}\n"),
        ),
        ("change-weakened", "audit_sink:log[owner]"),
        "used",
        files=edited(("gates:\n", "audit_sinks:\n  log: {owner: payables}\ngates:\n")),
    ),
    "a higher risk of what the edit leaves open": Attack([UNGATE], edited(UNGATED, RISKIER), OPEN, "used"),
    "a system that what the edit leaves open also writes to": Attack(
        [UNGATE],
        edited(UNGATED, ("effects: [payments]", "effects: [payments], writes_to: [bank]"), WITH_BANK),
        OPEN,
        "used",
        files=edited(WITH_BANK),
    ),
    "another effect of what the edit leaves open": Attack(
        [UNGATE], edited(UNGATED, MORE_EFFECTS, MORE_COVERED), OPEN, "used", files=edited(MORE_COVERED)
    ),
    "an effect that can no longer be undone": Attack([UNGATE], edited(UNGATED), OPEN, "used", files=edited(ONCE_REVERSIBLE)),
    "other code of what the edit leaves open": Attack(
        [UNGATE],
        edited(UNGATED, ("effects: [payments]", f"effects: [payments], {CODE_OF_BOTH}")),
        OPEN,
        "used",
        files={**edited(("effects: [payments]", f"effects: [payments], {CODE_OF_ONE}")), "src/pay.py": TWO_FUNCTIONS},
    ),
    "a finding that another edit causes as well": Attack(
        [RETIME], edited(RETIMED, ("[approve, reject]", "[approve]")), OPEN, "used"
    ),
    "a new component with other contents": Attack(
        [{**WIPE, "to": '"{owner: team:payables, sensitivity: low}"'}], edited(*CALL), OPEN, "unused"
    ),
    "a new component without the link to it": Attack([WIPE], edited(*CALL), OPEN, "used"),
    "a link to a component that is new": Attack(
        [
            {
                "component": "agent:desk",
                "field": "calls",
                "from": '"[action:mail, action:pay]"',
                "to": '"[action:mail, action:pay, action:wipe]"',
            }
        ],
        edited(*CALL),
        OPEN,
        "used",
    ),
    "a removal of what was something else": Attack(
        [{"component": "agent:clerk", "from": '"{owner: team:risk}"'}],
        edited(),
        ("change-gone", "agent:clerk"),
        "unused",
        files=edited(("agents:\n", "agents:\n  clerk: {}\n")),
    ),
    "a removal that hides": Attack(
        [{"component": "agent:clerk", "from": '"{owner: team:payables}"'}],
        {
            "old/shipcheck.yaml": "shipcheck: 1\ndefaults: {owner: payables}\nagents:\n  clerk: {}\n",
            SETTINGS: "shipcheck: 1\nmanifests: {ignore: ['old/**']}\n",
            **edited(),
        },
        ("change-hidden", "agent:clerk"),
        "used",
        files=edited(("agents:\n", "agents:\n  clerk: {}\n")),
    ),
    "a cycle that another edit makes longer": Attack(
        [{"component": "agent:clerk", "field": "delegates_to", "to": '"[agent:desk]"'}],
        edited(
            ("calls: [pay, mail],", "calls: [pay, mail], delegates_to: [teller],"),
            ("agents:\n", "agents:\n  clerk: {delegates_to: [desk]}\n  teller: {delegates_to: [clerk]}\n"),
        ),
        ("local/loop", "agent:clerk"),
        "used",
        files={PACK: LOOP}
        | edited(
            ("calls: [pay, mail],", "calls: [pay, mail], delegates_to: [clerk],"),
            ("agents:\n", "agents:\n  clerk: {}\n  teller: {}\n"),
        ),
    ),
    "names that are swapped": Attack(
        [{"component": "agent:desk", "field": "calls", "from": '"[action:mail, action:pay]"', "to": '"[action:mail]"'}],
        SWAPPED,
        ("ungated-sensitive-action", "agent:desk"),
        "used",
    ),
    "a setting that goes further": Attack(
        [{**RELAX, "from": "note", "to": "warning"}],
        {SETTINGS: LAX},
        ("change-settings", "settings[fail_on]"),
        "unused",
        files={SETTINGS: "shipcheck: 1\nfail_on: note\n"},
    ),
    "another setting": Attack(
        [{**RELAX, "field": "packs.core"}],
        {SETTINGS: LAX},
        ("change-settings", "settings[fail_on]"),
        "unused",
        files={SETTINGS: STRICT},
    ),
    "a policy that says something else": Attack(
        [{"file": PACK, "field": "policies.local/described", "from": "sha256:0", "to": "sha256:1"}],
        {PACK: POLICY.replace("owner is set", "title is set or owner is set")},
        ("change-policy", "policy[local/described]"),
        "unused",
        files={PACK: POLICY},
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_consent_covers_nothing_else(tmp_path: Path, name: str) -> None:
    attack = ATTACKS[name]
    repository = started(tmp_path, *attack.base, files={**FILES, **attack.files})
    repository.commit({**attack.head, FILE: consents(*attack.kept)})
    policies = (*POLICIES, "loop") if LOOP in attack.files.values() else POLICIES
    report = repository.judged(base="main", policies=policies, fail_on=Severity.WARNING)
    assert attack.live in live(report)
    assert (states(report), report["exit"]) == ([attack.state], 1)


@pytest.mark.parametrize(
    ("item", "kept", "note"),
    [
        (TRUST, (TRUST,), "does not count while this change keeps it; remove it in this change"),
        ({**TRUST, "approver": "vendor"}, (), "does not count, because team:vendor cannot approve it in the base"),
        ({**TRUST, "to": ""}, (), "is removed, but this change makes another edit"),
        ({**TRUST, "until": "2026-11-21"}, (), "expired on 2026-11-21"),
    ],
)
def test_the_finding_says_why_a_consent_does_not_count(
    tmp_path: Path, item: Mapping[str, str], kept: tuple[Mapping[str, str], ...], note: str
) -> None:
    repository = started(tmp_path, item)
    repository.commit({**TRUSTS, FILE: consents(*kept)})
    found = repository.judged(base="main", policies=POLICIES)["findings"]
    [waiver] = [one["waiver"] for one in found if one["policy"] == "core/change-weakened"]
    assert waiver.startswith("the consent (.shipcheck/waivers.yaml:3:5")
    assert waiver.endswith(note)


def test_a_consent_that_is_newer_than_the_branch_is_not_taken_out_by_it(tmp_path: Path) -> None:
    repository = started(tmp_path)
    repository.commit(TRUSTS)
    repository.git("checkout", "--quiet", "main")
    repository.commit({FILE: consents(TRUST)})
    repository.git("checkout", "--quiet", "change")
    report = repository.judged(base="main", policies=POLICIES)
    assert (live(report), states(report)) == ({TRUSTED}, ["kept"])
    repository.git("merge", "--quiet", "--no-edit", "main")
    report = repository.judged(base="main", policies=POLICIES)
    assert (live(report), states(report)) == ({TRUSTED}, ["kept"])
    repository.commit({FILE: consents()})
    report = repository.judged(base="main", policies=POLICIES)
    assert (live(report), states(report)) == (set(), ["used"])


@pytest.mark.parametrize(("known", "status"), [([TRUST], "consented"), ([], "live")])
def test_every_merge_base_has_the_consent(tmp_path: Path, known: list[Mapping[str, str]], status: str) -> None:
    """Two branches that have merged each other have two merge bases; only one of them may have the consent."""
    repository = started(tmp_path, *known)
    repository.commit({"a.txt": "a\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"b.txt": "b\n", FILE: consents(TRUST)})
    first = repository.git("rev-parse", "main")
    second = repository.git("rev-parse", "change")
    repository.git("merge", "--quiet", "--no-edit", second)
    repository.git("checkout", "--quiet", "change")
    repository.git("merge", "--quiet", "--no-edit", first)
    assert len(repository.git("merge-base", "--all", "main", "change").split()) == 2
    repository.commit({**TRUSTS, FILE: consents()})
    assert statuses(repository.judged(base="main", policies=POLICIES))[TRUSTED] == status


def test_what_the_tip_of_the_base_has_already_is_no_edit(tmp_path: Path) -> None:
    repository = started(tmp_path, TRUST)
    repository.git("branch", "other")
    repository.commit({**TRUSTS, FILE: consents()})
    merged(repository)
    repository.git("checkout", "--quiet", "other")
    repository.commit({**TRUSTS, FILE: consents()})
    assert statuses(repository.judged(base="main", policies=POLICIES)) == {}
    repository.commit(edited(TRUSTING, UNGATED))
    assert live(repository.judged(base="main", policies=POLICIES)) >= {LOST, OPEN}


def test_a_consent_is_used_once(tmp_path: Path) -> None:
    repository = started(tmp_path, TRUST)
    repository.commit({**TRUSTS, FILE: consents()})
    merged(repository)
    repository.commit(FILES)
    repository.git("checkout", "--quiet", "-B", "again")
    repository.commit(TRUSTS)
    report = repository.judged(base="main", policies=POLICIES)
    assert (live(report), states(report)) == ({TRUSTED}, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (consents({**TRUST, "approver": "payables"}), "team:payables cannot approve its own waiver"),
        (consents({**TRUST, "approver": "vendor"}), "team:vendor is not a team of staff, which a consent needs; name another"),
        (consents({**TRUST, "approver": "same"}), "which cannot approve its own consent; name other people"),
        (consents({**TRUST, "component": "", "file": "shipcheck.yaml"}), "'shipcheck.yaml' is not a file of governance"),
        (consents({**TRUST, "file": SETTINGS}), "a consent has exactly one of component and file"),
        (consents({**TRUST, "from": "", "to": ""}), "a consent has from, to or both"),
        (consents({**TRUST, "field": ""}), "a consent without field is for a whole component"),
        (consents({**RELAX, "field": ""}), "a consent for a file has a field"),
        (consents(TRUST, TRUST), "the same edit is consented to twice; keep one"),
        (consents({**TRUST, "to": "false"}), "'false' can be read as something other than text; quote it"),
        (consents({**TRUST, "until": "2099-01-01"}), "the consent would last"),
        (
            consents(TRUST).replace("consents:", "waivers:\n  - {policy: core/change-weakened, subject: x}\nconsents:"),
            "core/change-weakened is about changes, which a waiver cannot cover",
        ),
    ],
)
def test_a_consent_that_is_none_is_a_problem(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, {**FILES, FILE: text})
    problems = check(CheckRequest(tmp_path, DAY)).judged.problems
    assert any(message in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("item", "state"),
    [
        (TRUST, "ready"),
        (UNGATE, "ready"),
        ({**TRUST, "from": '"false"', "to": '"true"'}, "unused"),
        ({**TRUST, "until": "2026-11-21"}, "ended"),
        ({"component": "agent:gone", "from": '"{}"'}, "unused"),
        (WIPE, "ready"),
        ({**WIPE, "component": "agent:desk"}, "unused"),
        ({"component": "use_case:disputes", "field": "decision.result", "to": "selected"}, "ready"),
        ({"component": "use_case:disputes", "field": "decisions.result", "from": "selected"}, "unused"),
        (RELAX, "ready"),
    ],
)
def test_without_a_base_a_consent_waits_for_its_edit(tmp_path: Path, item: Mapping[str, str], state: str) -> None:
    write(tmp_path, {**FILES, FILE: consents(item)})
    assert [judged.state for judged in check(CheckRequest(tmp_path, DAY)).judged.consents] == [state]
