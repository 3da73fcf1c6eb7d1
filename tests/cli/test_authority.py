"""Whatever a pull request does to governance, it is judged by all that the base asks: the head can add findings, never take one.

What the base asks is found out in another way than the tool's own: the base's governance is put beside the head's manifests in a
commit of its own, which is then checked without any base.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.repository import Repository

pytestmark = pytest.mark.needs("git")

SETTINGS = [
    "",
    "packs: [core, local]",
    "packs: [local]",
    "packs: [core]\nparameters: {core: {audit_retention: 3650, min_score: 9}}",
    "packs: [core, local]\nseverities: {core/owner-missing: error, core/agent-without-use-case: error}\nfail_on: note",
    "manifests: {ignore: [more/]}",
    "manifests: {also: [extra.yaml]}",
    "packs: [core, nowhere]",
]
POLICY = "  - id: {}\n    title: T\n    why: W\n    each: {}\n    must: {}\n"
HEAD = "pack: local\nversion: 1.0.0\npolicies:\n"
PACKS = [
    "",
    HEAD + POLICY.format("titled", "agent", "title is set"),
    HEAD + POLICY.format("titled", "agent", "entry"),
    HEAD + POLICY.format("titled", "agent where not entry", "title is set") + POLICY.format("other", "gate", "title is set"),
    HEAD + POLICY.format("owned", "gate", "every place in implemented_by satisfies place.code_owner == owner"),
]
TEAMS = [
    "teams: {payables: {contact: p}, approvers: {contact: a}}",
    "teams: {payables: {contact: p}, approvers: {contact: a, active: false}}",
    "teams: {payables: {contact: p, active: false}, approvers: {contact: a, type: end_users}}",
    "teams: {payables: {contact: '@bank/owners'}, approvers: {members: ['@bank/owners']}}",
]
OWNERS = ["", "* @bank/payables\n", "* @bank/approvers\n", "* @bank/owners\n"]
AGENTS = [
    "agents: {desk: {calls: [pay]}}\nactions: {pay: {sensitivity: high, effects: [payments], guarded_by: [supervisor]}}",
    "agents: {desk: {title: Desk, calls: [pay]}}\nactions: {pay: {sensitivity: low, guarded_by: [supervisor]}}",
    "agents: {clerk: {entry: false}, desk: {delegates_to: [clerk], calls: [pay]}}\nactions: {pay: {sensitivity: critical}}",
]
GATE = (
    "gates: {{supervisor: {{decided_by: {}, timing: before, decisions: [approve, reject], approvers: [approvers], "
    "covers: [payments], on_timeout: deny, owner: payables, implemented_by: [{{file: gate.py}}]}}}}"
)
GATES = [GATE.format("human"), GATE.format("rule")]
SOON = (datetime.now(UTC) + timedelta(days=60)).date()
WAIVER = (
    "  - {{policy: core/{}, subject: 'agent:desk', {}up_to: {}, reason: r, owner: payables, approver: approvers, until: "
    f"{SOON}}}}}\n"
)
UNGATED = ("ungated-sensitive-action", "target: 'action:pay', ")
WAIVED = [
    "",
    "waivers: []",
    "waivers:\n" + WAIVER.format("owner-missing", "", "error"),
    "waivers:\n" + WAIVER.format("owner-missing", "", "warning") + WAIVER.format(*UNGATED, "error"),
    "waivers:\n" + WAIVER.format("agent-without-use-case", "", "error") + WAIVER.format(*UNGATED, "warning"),
]
MORE = ["", "agents: {lost: {owner: payables}}", "models: {lost: {}}"]
WAIVERS = ".shipcheck/waivers.yaml"
GOVERNANCE = (".shipcheck/settings.yaml", ".shipcheck/local/pack.yaml", WAIVERS, "teams.shipcheck.yaml", "CODEOWNERS")
Files = dict[str, str]


def manifest(text: str) -> str:
    return f"shipcheck: 1\n{text}\n"


@st.composite
def trees(draw: st.DrawFn) -> Files:
    """The files of a commit; a file without content is not there."""
    asked, pack = draw(st.sampled_from(SETTINGS)), draw(st.sampled_from(PACKS))
    more, waived = draw(st.sampled_from(MORE)), draw(st.sampled_from(WAIVED))
    return {
        ".shipcheck/settings.yaml": manifest(asked) if asked else "",
        ".shipcheck/local/pack.yaml": pack,
        WAIVERS: manifest(waived) if waived else "",
        "teams.shipcheck.yaml": manifest(draw(st.sampled_from(TEAMS))),
        "CODEOWNERS": draw(st.sampled_from(OWNERS)),
        "agents.shipcheck.yaml": manifest(draw(st.sampled_from(AGENTS))),
        "gates.shipcheck.yaml": manifest(draw(st.sampled_from(GATES))),
        "more/shipcheck.yaml": manifest(more) if more else "",
        "extra.yaml": manifest("actions: {extra: {sensitivity: high}}"),
        "gate.py": "x = 1\n",
    }


def commit(repository: Repository, files: Mapping[str, str]) -> str:
    for name, text in files.items():
        path = repository.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8") if text else path.unlink(missing_ok=True)
    return repository.commit()


def live(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings that no waiver names."""
    return [found for found in report["findings"] if found["status"] != "waived"]


def fingerprints(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {(found["fingerprint"], found["severity"]) for found in live(report)}


RANKS = {"note": 1, "warning": 2, "error": 3}


def includes(report: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a report has every finding of another one, with at least the same severity, and not waived if it was not."""
    graver = {found["fingerprint"]: RANKS[found["severity"]] for found in live(report)}
    return all(graver.get(fingerprint, 0) >= RANKS[severity] for fingerprint, severity in fingerprints(other))


@cases(25, HealthCheck.function_scoped_fixture)
@given(base=trees(), head=trees())
def test_no_edit_of_governance_takes_a_finding_away(base: Files, head: Files, tmp_path_factory: pytest.TempPathFactory) -> None:
    repository = Repository(tmp_path_factory.mktemp("authority"))
    repository.git("init", "--quiet")
    before = commit(repository, base)
    asked = commit(repository, head | {name: base[name] for name in GOVERNANCE})
    repository.git("reset", "--quiet", "--soft", before)
    commit(repository, head)
    report = repository.judged(base=before)
    by_base, alone = repository.judged(asked), repository.judged("HEAD")
    if report["verdict"] == "incomplete":
        unread = [one["problems"] for one in (by_base, alone, repository.judged(before)) if one["problems"]]
        # Teams are those of the base, so a waiver may name one that cannot answer there.
        told = {problem["location"]["path"] for problem in report["problems"]}
        assert unread or told == {WAIVERS}
        return
    assert includes(report, alone)
    assert alone["verdict"] != "fail" or report["verdict"] == "fail"
    if by_base["verdict"] != "incomplete":
        assert includes(report, by_base)
        assert by_base["verdict"] != "fail" or report["verdict"] == "fail"


def test_a_pull_request_that_changes_nothing_is_what_the_base_is(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("init", "--quiet")
    files = {
        "teams.shipcheck.yaml": manifest(TEAMS[1]),
        "agents.shipcheck.yaml": manifest(AGENTS[0]),
        "gates.shipcheck.yaml": manifest(GATES[1]),
        "gate.py": "x = 1\n",
    }
    commit(repository, files)
    commit(repository, {"README.md": "two\n"})
    report, alone = repository.judged(base="HEAD~1"), repository.judged("HEAD")
    assert fingerprints(report) == fingerprints(alone) != set()
    assert {found["change"] for found in report["findings"]} == {"unchanged"}
    assert report["changes"] == []
