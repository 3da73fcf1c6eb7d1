"""Fields of packs in real repositories: read, judged, compared with a base, and never gone without a word."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import Repository, create
from tests.support.running import run

pytestmark = pytest.mark.needs("git")

FIELDS = {
    "tier": ("{type: choice, words: [low, high], ordered: true, weaker: lower, description: d}", "high", "low"),
    "mode": ("{type: choice, words: [careful, fast], weaker: higher, description: d}", "careful", "fast"),
    "scopes": ("{type: choice, words: [read, write], list: true, weaker: fewer, description: d}", "[read, write]", "[read]"),
    "waits": ("{type: text, list: true, weaker: more, description: d}", "[a]", "[a, b]"),
    "tested": ("{type: yes_no, weaker: lower, description: d}", "true", "false"),
    "retries": ("{type: integer, minimum: 0, maximum: 9, weaker: higher, description: d}", "1", "2"),
    "share": ("{type: number, weaker: lower, description: d}", "0.5", "0.25"),
    "due": ("{type: date, weaker: higher, description: d}", "2026-01-01", "2027-01-01"),
    "limit": ("{type: text, absent: none, weaker: other, description: d}", "a", "b"),
    "checked_by": ("{type: reference, to: [team], weaker: other, description: d}", "owners", "others"),
    "reviewers": ("{type: reference, to: [team], list: true, weaker: fewer, description: d}", "[owners, others]", "[owners]"),
    "level": ("{type: integer, absent: 1, weaker: lower, description: d}", "3", "2"),
}
POLICY = """\
  - id: tested
    title: Every agent is tested
    why: An agent that is not tested fails.
    each: agent
    must: local.tested and local.level >= 1
    severity: error
    message: "{subject} is not tested"
    fix: Test it.
"""


def pack(fields: dict[str, str], policies: str = POLICY) -> str:
    lines = "".join(f"    {name}: {spec}\n" for name, spec in fields.items())
    return f"pack: local\nversion: 1.0.0\nfields:\n  agent:\n{lines}policies:\n{policies}"


def manifest(values: dict[str, str], *, key: str = "local") -> str:
    inner = ", ".join(f"{name}: {value}" for name, value in values.items())
    own = f", {key}: {{{inner}}}" if values else ""
    return (
        f"shipcheck: 1\nuse_cases: {{u: {{stage: production, owner: owners, uses: [desk]}}}}\n"
        f"agents:\n  desk: {{owner: owners{own}}}\nteams: {{owners: {{}}, others: {{}}}}\n"
    )


SPECS = {name: spec for name, (spec, _, _) in FIELDS.items()}
STRONG = {name: strong for name, (_, strong, _) in FIELDS.items()}
# With a base a run always uses today's date.
LATER = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
PACK = ".shipcheck/local/pack.yaml"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    files = {"shipcheck.yaml": manifest(STRONG), PACK: pack(SPECS), ".shipcheck/settings.yaml": "shipcheck: 1\n"}
    made = create(tmp_path_factory.mktemp("fields") / "top", files)
    made.git("checkout", "--quiet", "-b", "change")
    return made


def against_base(repository: Repository, files: dict[str, str]) -> dict[str, Any]:
    """The report on a change to the strong world."""
    repository.git("reset", "--quiet", "--hard", "main")
    repository.commit(files)
    report: dict[str, Any] = repository.judged(base="main")
    return report


def found(report: dict[str, Any]) -> set[tuple[str, str, str]]:
    introduced = (item for item in report["findings"] if item["change"] == "introduced")
    return {(item["policy"].rpartition("/")[2], item["subject"], item["severity"]) for item in introduced}


def test_the_strong_world_has_no_finding_about_its_fields(repository: Repository) -> None:
    assert found(against_base(repository, {"more.shipcheck.yaml": "shipcheck: 1\nteams: {third: {contact: x}}\n"})) == set()


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_weakened_is_a_finding(repository: Repository, name: str) -> None:
    report = against_base(repository, {"shipcheck.yaml": manifest({**STRONG, name: FIELDS[name][2]})})
    assert ("change-weakened", f"agent:desk[local.{name}]", "error") in found(report)
    assert report["exit"] == 1


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_deleted_is_a_finding_unless_nothing_is_stricter(repository: Repository, name: str) -> None:
    report = against_base(repository, {"shipcheck.yaml": manifest({key: STRONG[key] for key in STRONG if key != name})})
    weakened = ("change-weakened", f"agent:desk[local.{name}]", "error") in found(report)
    # Without a limit nothing is limited; every other field counts as its worst where it is not declared.
    assert weakened == (name != "limit")


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_strengthened_is_none(repository: Repository, name: str) -> None:
    repository.git("reset", "--quiet", "--hard", "main")
    repository.git("branch", "--force", "weak")
    repository.commit({"shipcheck.yaml": manifest({**STRONG, name: FIELDS[name][2]})})
    repository.git("branch", "--force", "weak")
    repository.commit({"shipcheck.yaml": manifest(STRONG)})
    other = name in {"limit", "checked_by"}
    assert any("[local" in subject for _, subject, _ in found(repository.judged(base="weak"))) == other


def test_a_pack_that_leaves_takes_no_field_with_it(repository: Repository) -> None:
    repository.git("reset", "--quiet", "--hard", "main")
    repository.git("rm", "-r", "--quiet", ".shipcheck/local")
    repository.commit({"shipcheck.yaml": manifest({})})
    report = repository.judged(base="main")
    assert {("change-settings", "settings[packs=local]", "error"), ("tested", "agent:desk", "error")} <= found(report)
    assert ("change-weakened", "agent:desk[local.checked_by]", "error") in found(report)


def test_fields_of_a_pack_that_is_not_there_are_a_problem(repository: Repository) -> None:
    repository.git("reset", "--quiet", "--hard", "main")
    repository.git("rm", "-r", "--quiet", ".shipcheck/local")
    repository.commit()
    report = repository.judged(base="main")
    assert report["exit"] == 3
    assert [problem["message"] for problem in report["problems"]] == [
        "'local' has the fields of pack local, which is not in use; add it to packs in .shipcheck/settings.yaml"
    ]


@pytest.mark.parametrize(
    ("old", "new", "value", "what"),
    [
        ("tested: {type: yes_no, weaker: lower", "tested: {type: text, weaker: other", "never", "type"),
        ("{type: yes_no, weaker: lower", "{type: yes_no, absent: true, weaker: lower", None, "absent"),
        ("{type: yes_no, weaker: lower", "{type: yes_no, weaker: none", "false", "weaker"),
    ],
)
def test_a_declaration_that_is_loosened_satisfies_no_policy_of_the_base(
    repository: Repository, old: str, new: str, value: str | None, what: str
) -> None:
    values = {**STRONG, **({"tested": value} if value else {})}
    if value is None:
        del values["tested"]
    own = POLICY.replace("local.tested and", "local.tested is set and") if what == "type" else POLICY
    report = against_base(repository, {PACK: pack(SPECS, own).replace(old, new), "shipcheck.yaml": manifest(values)})
    assert ("tested", "agent:desk", "error") in found(report)
    assert ("change-settings", f"settings[fields.local.agent.tested.{what}]", "error") in found(report)
    assert ("change-weakened", "agent:desk[local.tested]", "error") in found(report)


def test_a_word_that_only_the_head_knows_is_unknown_to_the_base(repository: Repository) -> None:
    wider = pack(SPECS).replace("words: [low, high]", "words: [low, high, top]")
    report = against_base(repository, {PACK: wider, "shipcheck.yaml": manifest({**STRONG, "tier": "top"})})
    assert ("change-weakened", "agent:desk[local.tier]", "error") in found(report)
    assert [change["message"] for change in report["changes"] if change["change"] == "pack-changed"] == [
        "words of field local.agent.tier is [low, high, top], was [low, high]"
    ]


def test_a_reference_to_what_only_the_head_allows_is_unknown_to_the_base(repository: Repository) -> None:
    wider = pack(SPECS).replace("to: [team], weaker: other", "to: [team, gate], weaker: other")
    text = manifest({**STRONG, "checked_by": "boss"}) + "gates: {boss: {owner: owners}}\n"
    report = against_base(repository, {PACK: wider, "shipcheck.yaml": text})
    assert ("change-weakened", "agent:desk[local.checked_by]", "error") in found(report)
    assert report["exit"] == 1


def test_a_new_field_with_a_policy_can_come_with_its_values(repository: Repository) -> None:
    more = {**SPECS, "runbook": "{type: text, weaker: other, description: d}"}
    report = against_base(repository, {PACK: pack(more), "shipcheck.yaml": manifest({**STRONG, "runbook": "docs/a.md"})})
    assert found(report) == set()
    changed = {change["field"] for change in report["changes"] if change["change"] in {"field-changed", "pack-changed"}}
    assert changed == {"agent.runbook", "local.runbook"}


def test_a_consent_covers_the_edit_of_a_field(repository: Repository) -> None:
    repository.git("reset", "--quiet", "--hard", "main")
    consent = "component: 'agent:desk', field: local.tier, from: high, to: low"
    terms = f"reason: r, owner: owners, approver: others, until: {LATER}"
    repository.commit({".shipcheck/waivers.yaml": f"shipcheck: 1\nconsents:\n  - {{{consent}, {terms}}}\n"})
    repository.git("branch", "--force", "agreed")
    (repository.top / ".shipcheck/waivers.yaml").unlink()
    repository.commit({"shipcheck.yaml": manifest({**STRONG, "tier": "low"})})
    report = repository.judged(base="agreed")
    [item] = [one for one in report["findings"] if one["subject"] == "agent:desk[local.tier]"]
    assert item["status"] == "consented"


def test_the_schema_and_the_graph_have_the_fields(repository: Repository) -> None:
    repository.git("reset", "--quiet", "--hard", "main")
    schema = json.loads(run(repository.top, "schema").stdout)
    assert sorted(schema["definitions"]["record_agent.local"]["properties"]) == sorted(FIELDS)
    assert schema["definitions"]["record_agent.local"]["properties"]["level"]["default"] == 1
    graph = json.loads(run(repository.top, "graph", "--format", "json").stdout)
    [desk] = [one for one in graph["components"] if one["component"] == "agent:desk"]
    assert desk["fields"]["local"]["reviewers"] == ["team:owners", "team:others"]
    assert desk["fields"]["local"]["due"] == "2026-01-01"


def test_a_default_of_the_file_is_shown_with_the_component(tmp_path: Path) -> None:
    text = manifest({}).replace("agents:", "defaults: {agents: {local: {tested: false}}}\nagents:")
    made = create(tmp_path / "top", {"shipcheck.yaml": text, PACK: pack(SPECS)})
    done = run(made.top, "check", "--policy", "tested", "--as-of", "2026-11-22")
    assert "local.tested is false, from the defaults of this file" in done.stdout
    assert "shipcheck.yaml:5:3" in done.stdout
