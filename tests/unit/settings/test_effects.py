"""What settings do to packs, parameters and severities: they name, and they tighten; they never loosen."""

from pathlib import Path
from typing import NamedTuple

import pytest

from shipcheck.model.policy import Parameter, Policy
from shipcheck.model.problem import Problem
from shipcheck.pipeline.prepare import Prepared, prepare

LOCAL = """
pack: local
version: 1.0.0
params:
  rising: {type: number, default: 10, may: increase}
  falling: {type: percent, default: 50%, may: decrease}
  free: {type: number, default: 3, may: any}
  fixed: {type: number, default: 4}
  span: {type: days, default: 30, may: decrease}
policies:
  - id: graver
    title: A
    why: B
    each: agent
    must: entry
    severity: warning
    message: C
    fix: D
  - id: ladder
    title: A
    why: B
    each: agent
    must: entry
    severity:
      - error when entry
      - note
    message: C
    fix: D
"""


class Said(NamedTuple):
    """One complaint: its code, where it stands, and its words."""

    code: str
    at: str
    message: str


def prepared(root: Path, settings: str) -> Prepared:
    """A repository with a local pack and these settings, as every verb first sees it."""
    (root / ".shipcheck" / "local").mkdir(parents=True)
    (root / ".shipcheck" / "local" / "pack.yaml").write_text(LOCAL, "utf-8")
    (root / ".shipcheck" / "settings.yaml").write_text(f"shipcheck: 1\n{settings}\n", "utf-8")
    found = prepare(root)
    assert found.other_problems == ()
    return found


def said(problems: tuple[Problem, ...]) -> list[Said]:
    return [
        Said(problem.code, str(problem.location).removeprefix(".shipcheck/settings.yaml:"), problem.message)
        for problem in problems
    ]


def parameter(found: Prepared, name: str) -> Parameter:
    [pack] = [pack for pack in found.plan.packs if pack.name == "local"]
    return next(each for each in pack.parameters if each.name == name)


def policy(found: Prepared, name: str) -> Policy:
    return next(each for each in found.plan.policies if each.name == name)


def tightening(name: str, text: str) -> str:
    return f"parameters: {{local: {{{name}: {text}}}}}"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("rising", "10", 10),
        ("rising", "10.5", 10.5),
        ("rising", "1000", 1000),
        ("falling", "50%", 0.5),
        ("falling", "0%", 0),
        ("falling", "'12.5%'", 0.125),
        ("free", "-1", -1),
        ("free", "99", 99),
        ("fixed", "4", 4),
        ("span", "7", 7),
        ("span", "30", 30),
    ],
)
def test_a_parameter_can_be_tightened(tmp_path: Path, name: str, text: str, value: float) -> None:
    found = prepared(tmp_path, tightening(name, text))
    assert found.settings_problems == ()
    assert parameter(found, name).value == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("rising", "9"), ("rising", "9.99"), ("falling", "51%"), ("fixed", "5"), ("fixed", "3"), ("span", "31")],
)
def test_a_parameter_cannot_be_loosened(tmp_path: Path, name: str, text: str) -> None:
    found = prepared(tmp_path, tightening(name, text))
    [complaint] = said(found.settings_problems)
    assert complaint.at == f"2:{24 + len(name)}"
    assert complaint.code == "P026"
    assert f"local.{name}" in complaint.message
    assert parameter(found, name).value == parameter(found, name).default


@pytest.mark.parametrize(
    ("name", "text", "example"),
    [("rising", "ten", "10"), ("rising", "40%", "10"), ("falling", "0.4", "50%"), ("falling", "x%", "50%")],
)
def test_a_parameter_has_its_type(tmp_path: Path, name: str, text: str, example: str) -> None:
    kind = "percent" if name == "falling" else "number"
    assert said(prepared(tmp_path, tightening(name, text)).settings_problems) == [
        Said("P006", f"2:{24 + len(name)}", f"'{text}' is not a {kind}; write a value such as {example}")
    ]


UNKNOWN = {
    "parameters: {local: {risin: 3}}": Said("P006", "2:29", "unknown parameter 'risin' in pack local; did you mean 'rising'?"),
    "parameters: {locla: {rising: 30}}": Said("P009", "2:30", "pack 'locla' is not in use; did you mean 'local'?"),
    "packs: [core, cor]": Said("unknown-pack", "2:15", "pack 'cor' is not installed; did you mean 'core'?"),
    "packs: [core, zebra]": Said(
        "unknown-pack", "2:15", "pack 'zebra' is not installed; available packs: agentic-security, core and eu-ai-act"
    ),
    "packs: [{name: core, version: 0.0.1}]": Said(
        "pack-version", "2:9", "pack core has version 1.0.0, but the settings require 0.0.1"
    ),
    "severities: {local/gravr: error}": Said("P009", "2:27", "unknown policy 'local/gravr'; did you mean 'local/graver'?"),
    "severities: {graver: error}": Said("P009", "2:22", "unknown policy 'graver'; did you mean 'local/graver'?"),
    "severities: {zzz: error}": Said("P009", "2:19", "unknown policy 'zzz'; list them with 'shipcheck explain'"),
}


@pytest.mark.parametrize("settings", UNKNOWN)
def test_what_settings_name_must_exist(tmp_path: Path, settings: str) -> None:
    assert said(prepared(tmp_path, settings).settings_problems) == [UNKNOWN[settings]]


def test_packs_in_use_are_those_that_settings_list_and_the_local_one(tmp_path: Path) -> None:
    assert [pack.name for pack in prepared(tmp_path, "packs: [core]").plan.packs] == ["core", "local"]


def test_a_severity_can_be_raised(tmp_path: Path) -> None:
    found = prepared(tmp_path, "severities: {local/graver: error}")
    assert found.settings_problems == ()
    assert str(policy(found, "local/graver").at_least) == "error"


@pytest.mark.parametrize(("name", "word", "gravest"), [("graver", "note", "warning"), ("ladder", "warning", "error")])
def test_a_severity_cannot_be_lowered(tmp_path: Path, name: str, word: str, gravest: str) -> None:
    message = f"settings can only raise a severity, and local/{name} can already be {gravest}; write {gravest} or delete this"
    found = prepared(tmp_path, f"severities: {{local/{name}: {word}}}")
    assert said(found.settings_problems) == [Said("P026", "2:28", message)]


def test_every_mistake_in_settings_is_reported_at_once(tmp_path: Path) -> None:
    text = "packs: [zebra]\nparameters: {local: {rising: 1}}\nseverities: {zzz: error}"
    assert {complaint.code for complaint in said(prepared(tmp_path, text).settings_problems)} == {"unknown-pack", "P026", "P009"}


def test_a_repository_without_settings_has_the_core_pack(tmp_path: Path) -> None:
    found = prepare(tmp_path)
    assert (found.settings_problems, found.other_problems) == ((), ())
    assert [pack.name for pack in found.plan.packs] == ["core"]


@pytest.mark.parametrize(
    ("content", "code", "at"),
    [
        ("", "settings-shape", "1:1"),
        ("shipcheck: 1\nshipcheck: 1\n", "duplicate-key", "2:1"),
        ("shipcheck: &a 1\n", "anchor", "1:12"),
        ("a: b: c\n", "yaml-syntax", "1:5"),
    ],
)
def test_settings_go_through_the_strict_reader(tmp_path: Path, content: str, code: str, at: str) -> None:
    (tmp_path / ".shipcheck").mkdir()
    (tmp_path / ".shipcheck" / "settings.yaml").write_text(content, "utf-8")
    [complaint] = said(prepare(tmp_path).settings_problems)
    assert (complaint.code, complaint.at) == (code, at)


def test_settings_behind_a_symbolic_link_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / ".shipcheck").mkdir()
    (tmp_path / "elsewhere.yaml").write_text("shipcheck: 1\nfail_on: note\n", "utf-8")
    (tmp_path / ".shipcheck" / "settings.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    [problem] = prepare(tmp_path).settings_problems
    assert (problem.code, str(problem.location)) == ("link", ".shipcheck/settings.yaml")


def test_a_settings_folder_behind_a_symbolic_link_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "settings.yaml").write_text("shipcheck: 1\n", "utf-8")
    (tmp_path / ".shipcheck").symlink_to(tmp_path / "elsewhere")
    [problem] = prepare(tmp_path).settings_problems
    assert problem.code == "not-a-folder"


def test_a_settings_link_that_leads_nowhere_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / ".shipcheck").mkdir()
    (tmp_path / ".shipcheck" / "settings.yaml").symlink_to(tmp_path / "gone.yaml")
    [problem] = prepare(tmp_path).settings_problems
    assert problem.code == "link"


def test_the_local_pack_is_in_use_once_when_settings_list_it(tmp_path: Path) -> None:
    found = prepared(tmp_path, "packs: [core, local]")
    assert found.settings_problems == ()
    assert [pack.name for pack in found.plan.packs] == ["core", "local"]
