"""The address of a policy's page: one function, which every output uses."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.support.reports import judged
from tests.support.running import write

from shipcheck import documentation
from shipcheck.app.explain import explain
from shipcheck.app.policy_explain import policy_explain
from shipcheck.compare.rules import RULES
from shipcheck.documentation import page_path, policy_page
from shipcheck.model.explain import Explained
from shipcheck.report.formats import render

ROOT = Path(__file__).resolve().parents[2]
URL = "https://docs.example.com/shipcheck"
PAGE = f"{URL}/policies/core/owner-missing.md"
FILES = {
    ".shipcheck/local/pack.yaml": (
        "pack: local\nversion: 1.0.0\nhomepage: https://acme.example\n"
        "policies:\n  - {id: titled, title: Agents have titles, why: A name says what it is., each: agent, must: title is set}\n"
    ),
    "shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n",
}


def rules(folder: Path) -> dict[str, dict[str, Any]]:
    """The rules of the SARIF report of a repository, by name."""
    (run,) = json.loads(render("check", "sarif", judged(folder)))["runs"]
    return {rule["id"]: rule for extension in run["tool"]["extensions"] for rule in extension["rules"]}


def outputs(name: str, folder: Path) -> list[str]:
    """Every text about one policy that may name its page."""
    explained = policy_explain(name, folder).policies
    return [
        render("explain", "text", explain(name, folder)),
        render("policy explain", "text", explained),
        render("policy explain", "json", explained),
    ]


def test_the_url_is_the_one_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project.get("urls", {}).get("Documentation", "").rstrip("/") == documentation.URL


def test_every_output_names_the_page_of_a_built_in_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentation, "URL", URL)
    write(tmp_path, FILES)
    assert rules(tmp_path)["core/owner-missing"]["helpUri"] == PAGE
    assert all(PAGE in text for text in outputs("core/owner-missing", tmp_path))
    (policy,) = json.loads(outputs("core/owner-missing", tmp_path)[-1])["policies"]
    assert policy["documentation"] == PAGE


def test_a_rule_of_the_tool_names_its_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentation, "URL", URL)
    assert all(f"{URL}/{page_path(rule)}" in render("explain", "text", Explained((), rule)) for rule in RULES)


def test_a_policy_of_another_pack_has_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentation, "URL", URL)
    write(tmp_path, FILES)
    assert "helpUri" not in rules(tmp_path)["local/titled"]
    assert not any(URL in text for text in outputs("local/titled", tmp_path))


def test_without_a_url_no_output_names_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentation, "URL", "")
    write(tmp_path, FILES)
    assert not any("helpUri" in rule for rule in rules(tmp_path).values())
    *texts, machine = outputs("core/owner-missing", tmp_path)
    assert not any("Documentation" in text for text in (*texts, render("explain", "text", Explained((), RULES[0]))))
    assert json.loads(machine)["policies"][0]["documentation"] is None
    assert policy_page(RULES[0]) == ""
