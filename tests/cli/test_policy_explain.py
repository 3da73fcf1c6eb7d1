"""`shipcheck policy explain`: what it can be asked about, what it prints, and how it leaves."""

import json
from pathlib import Path

import pytest
from tests.support.running import run, write

OWN = """
pack: {}
version: 1.0.0
params:
  most: {{type: number, default: 3, may: decrease, description: How many actions one agent can call.}}
select:
  busy: agent where count(calls) > $most
policies:
  - {{id: calm, title: Agents are calm, why: Haste makes waste., each: agent, must: not (subject is busy), severity: note}}
  - {{id: titled, title: Agents have titles, why: A name says what it is., each: agent, must: title is set}}
"""
WORLD = """
# shipcheck-test: titled, as of 2026-11-22
shipcheck: 1
agents:
  # expect: titled
  a: {}
"""
CALM = """\
own/calm
Agents are calm.

Why
  Haste makes waste.

What it requires
  Each agent must not be a busy agent.
  A busy agent is an agent for which the number of actions that it can call is more than 3 (parameter
  most).

Severity
  A finding is a note.

Parameters
  own.most = 3 (settings can lower it)
    How many actions one agent can call.

Cost
  One pass over the graph.

Reads
  links    calls

Tests
  none


own/titled
Agents have titles.

Why
  A name says what it is.

What it requires
  For each agent, its title must be declared.

Severity
  A finding is an error.

Cost
  One pass over the graph.

Reads
  fields   agent: title

Tests
  1 case: 1 fails, 0 pass and 0 not applicable
    own/tests/titled/shipcheck.yaml
"""


def explained(folder: Path, *arguments: str) -> list[str]:
    done = run(folder, "policy", "explain", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return [policy["policy"] for policy in json.loads(done.stdout)["policies"]]


def test_a_folder_that_holds_a_pack_is_read_by_itself(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": OWN.format("own"), "own/tests/titled/shipcheck.yaml": WORLD})
    done = run(tmp_path, "policy", "explain", "own")
    assert (done.returncode, done.stdout) == (0, CALM)


@pytest.mark.parametrize("name", ["calm", "local/calm"])
def test_a_policy_in_use_is_found_by_its_id_or_its_full_name(name: str, tmp_path: Path) -> None:
    write(tmp_path, {".shipcheck/local/pack.yaml": OWN.format("local")})
    assert explained(tmp_path, name) == ["local/calm"]


def test_a_pack_in_use_is_read_whole_and_nothing_named_means_all(tmp_path: Path) -> None:
    write(tmp_path, {".shipcheck/local/pack.yaml": OWN.format("local")})
    assert explained(tmp_path, "local") == ["local/calm", "local/titled"]
    everything = explained(tmp_path)
    assert everything[-2:] == ["local/calm", "local/titled"]
    assert everything[:-2] == explained(tmp_path, "core")


def test_settings_are_heard(tmp_path: Path) -> None:
    settings = "shipcheck: 1\npacks: [local]\nparameters: {local: {most: 2}}\nseverities: {local/calm: warning}\n"
    write(tmp_path, {".shipcheck/local/pack.yaml": OWN.format("local"), ".shipcheck/settings.yaml": settings})
    done = run(tmp_path, "policy", "explain", "calm")
    assert "is more than 2 (parameter" in done.stdout
    assert "local.most = 2 (settings can lower it)" in done.stdout
    assert "A finding is a note. Settings or packs raise it to at least a warning." in done.stdout


def test_a_built_in_pack_that_is_not_in_use_is_read_by_itself(tmp_path: Path) -> None:
    write(
        tmp_path,
        {".shipcheck/local/pack.yaml": OWN.format("local"), ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [local]\n"},
    )
    assert explained(tmp_path) == ["local/calm", "local/titled"]
    assert "core/owner-missing" in explained(tmp_path, "core")


def test_tests_that_are_malformed_are_said_to_be(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": OWN.format("own"), "own/tests/titled/shipcheck.yaml": "shipcheck: ["})
    done = run(tmp_path, "policy", "explain", "own")
    assert done.returncode == 0
    assert "the tests of the pack are malformed; run 'shipcheck policy test'" in done.stdout
    assert json.loads(run(tmp_path, "policy", "explain", "own", "--format", "json").stdout)["policies"][0]["tests"] is None


@pytest.mark.parametrize(
    ("files", "name", "code", "words"),
    [
        ({}, "owner-missin", 2, "unknown policy or pack 'owner-missin'; did you mean 'owner-missing'?"),
        ({}, "cor", 2, "unknown policy or pack 'cor'; did you mean 'core'?"),
        ({}, "zzz", 2, "unknown policy 'zzz'; list them with 'shipcheck explain'"),
        ({".shipcheck/settings.yaml": "shipcheck: 1\npacks: [cor]\n"}, "core", 2, "did you mean 'core'?"),
        ({".shipcheck/local/pack.yaml": "pack: local\nversion: 1\npolicies: [{id: a}]\n"}, "core", 3, "P0"),
        ({"own/pack.yaml": "pack: own\nversion: 1\npolicies: [{id: a}]\n"}, "own", 3, "P0"),
    ],
)
def test_what_cannot_be_read_aloud_is_refused(files: dict[str, str], name: str, code: int, words: str, tmp_path: Path) -> None:
    write(tmp_path, files)
    done = run(tmp_path, "policy", "explain", name)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_text_that_is_not_trusted_cannot_hide(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": OWN.format("own").replace("Haste makes waste.", r'"a\u200bb"')})
    done = run(tmp_path, "policy", "explain", "own")
    assert r"a\u{200b}b" in done.stdout
    assert "\u200b" not in done.stdout + done.stderr
