"""`shipcheck policy`: its commands as a user runs them."""

import json
from pathlib import Path

import pytest
from tests.support.running import run, write

PACK = """
pack: house
version: 1.0.0
policies:
  - id: agent-owned
    title: Every agent has an owner
    why: Nobody else answers for it.
    each: agent
    must: owner is set
"""
TABLE = """
test: agent-owned
as_of: 2026-11-22
world: {shipcheck: 1, agents: {helper: {owner: ops}}, teams: {ops: {}}}
cases:
  - {name: the fixture passes, expect: []}
  - {name: no owner is seen, edit: {unset: agent:helper.owner}, expect: [{subject: agent:helper, severity: error}]}
  - {name: nothing to judge, edit: {remove: agent:helper}, expect: not_applicable}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    write(tmp_path, {"house/pack.yaml": PACK, "house/tests/cases.yaml": TABLE})
    return tmp_path


def test_the_commands_are_listed(tmp_path: Path) -> None:
    done = run(tmp_path, "policy", "--help")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.partition("Commands:\n")[2].splitlines()]
    assert {"test", "example", "new"} <= set(listed)


def test_a_pack_that_holds_leaves_with_0(house: Path) -> None:
    done = run(house, "policy", "test", "house")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == ("house 1.0.0: pass: 1 policy, 3 cases, 1 of 1 clauses covered, 1 of 1 mutants killed")


def test_a_pack_that_does_not_hold_leaves_with_1_and_writes_both_reports(house: Path) -> None:
    write(house, {"house/tests/cases.yaml": TABLE.replace("severity: error", "severity: note")})
    done = run(house, "policy", "test", "house", "--format", "json", "--junit", "out.xml", "--policy", "agent-owned")
    assert done.returncode == 1
    assert json.loads(done.stdout)["verdict"] == "fail"
    assert 'failures="1"' in (house / "out.xml").read_text("utf-8")


def test_a_pack_without_tests_or_policies_does_not_pass(house: Path) -> None:
    (house / "house/tests/cases.yaml").unlink()
    assert run(house, "policy", "test", "house").returncode == 1
    write(house, {"house/pack.yaml": "pack: house\nversion: 1.0.0\n"})
    done = run(house, "policy", "test", "house")
    assert done.returncode == 3
    assert "pack house has no policies; write one" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "unknown pack 'nowhere'; give a folder, or one of agentic-security, core or eu-ai-act"),
        (["house", "--policy", "agent-ownd"], "pack house has no policy 'agent-ownd'; did you mean 'agent-owned'?"),
        (["house/tests"], "house/tests is not a pack: it has no pack.yaml"),
    ],
)
def test_what_cannot_be_meant_leaves_with_2(house: Path, arguments: list[str], words: str) -> None:
    done = run(house, "policy", "test", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_without_a_pack_those_in_use_are_tested(tmp_path: Path) -> None:
    local = {
        f".shipcheck/local/{name}": text.replace("house", "local")
        for name, text in (("pack.yaml", PACK), ("tests/cases.yaml", TABLE))
    }
    write(tmp_path, {**local, ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [local]\n"})
    done = run(tmp_path, "policy", "test")
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1].startswith("local 1.0.0: pass")


def test_an_example_is_printed(tmp_path: Path) -> None:
    done = run(tmp_path, "policy", "example", "team-without-contact")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "# fails core/team-without-contact\nshipcheck: 1\nteams:\n  team: {}\n\n"
        "# passes core/team-without-contact\nshipcheck: 1\nteams:\n  team: {contact: written down}\n"
    )


def test_an_example_that_cannot_be_built_leaves_with_3(house: Path) -> None:
    pack = PACK.replace("house", "local").replace("owner is set", "1 == 2")
    write(house, {".shipcheck/local/pack.yaml": pack})
    done = run(house, "policy", "example", "agent-owned")
    assert done.returncode == 3
    assert "cannot build a passing example of local/agent-owned" in done.stderr


def test_an_example_of_a_pack_that_is_wrong_leaves_with_3(house: Path) -> None:
    write(house, {".shipcheck/local/pack.yaml": PACK.replace("house", "local").replace("owner", "ownr")})
    done = run(house, "policy", "example", "agent-owned")
    assert done.returncode == 3
    assert "did you mean 'owner'?" in done.stdout


def test_a_new_policy_compiles_and_its_tests_hold(tmp_path: Path) -> None:
    done = run(tmp_path, "policy", "new", "agent-owned", "--pack", "house", "--as-of", "2026-11-22")
    assert (done.returncode, done.stderr) == (0, "")
    files = ["docs/agent-owned.md", "pack.yaml", "policies/agent-owned.yaml"]
    files += [f"tests/agent-owned/{name}" for name in ("cases.yaml", "fails/shipcheck.yaml", "passes/shipcheck.yaml")]
    assert sorted(path.relative_to(tmp_path / "house").as_posix() for path in (tmp_path / "house").rglob("*.*")) == files
    tested = run(tmp_path, "policy", "test", "house")
    assert tested.returncode == 0, tested.stdout


def test_a_new_walk_has_tests_that_hold_and_is_told_what_they_lack(tmp_path: Path) -> None:
    walk = ["--each", "agent where entry", "--must-not-reach", "action where payments in effects", "--along", "calls"]
    done = run(
        tmp_path, "policy", "new", "no-payment", "--pack", "house", *walk, "--unless-through", "gate where decided_by == human"
    )
    assert done.returncode == 0, done.stderr
    assert run(tmp_path, "policy", "test", "house", "--no-coverage", "--no-mutation").returncode == 0
    assert run(tmp_path, "policy", "test", "house").returncode == 1


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    assert run(tmp_path, "policy", "new", "agent-owned", "--pack", "house").returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run(tmp_path, "policy", "new", "agent-owned", "--pack", "house")
    assert done.returncode == 2
    assert "house/policies/agent-owned.yaml already exists; nothing is written" in done.stderr
    write(tmp_path, {"house/docs/other.md": "mine"})
    assert run(tmp_path, "policy", "new", "other", "--pack", "house").returncode == 2
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != "other.md"}
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["Owner"], 2, "'Owner' is not a valid policy id; use kebab-case, such as ungated-action"),
        (["a", "--must", "ownr is set"], 3, "did you mean 'owner'?"),
        (["a", "--must-not-reach", "action"], 3, "must_not_reach needs along, the links that a path can follow"),
    ],
)
def test_a_policy_that_does_not_compile_is_not_written(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    done = run(tmp_path, "policy", "new", *arguments, "--pack", "house")
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert not (tmp_path / "house").exists()


def layout(pack: Path) -> list[str]:
    return sorted(path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file())


NEW_TESTS = [f"tests/other/{name}" for name in ("cases.yaml", "fails/shipcheck.yaml", "passes/shipcheck.yaml")]
POLICIES = PACK.partition("policies:\n")[2]


@pytest.mark.parametrize(
    ("files", "family", "place"),
    [
        ({"pack.yaml": PACK}, "", "pack.yaml"),
        ({"pack.yaml": PACK}, "owners", "policies/owners.yaml"),
        ({"pack.yaml": PACK, "policies/owners.yaml": "select: {mine: agent}\n"}, "owners", "policies/owners.yaml"),
        ({"pack.yaml": "pack: house\nversion: 1.0.0\n"}, "", "policies/other.yaml"),
        ({"pack.yaml": "pack: house\nversion: 1.0.0\n", "owners.yaml": f"policies:\n{POLICIES}"}, "", "other.yaml"),
        ({"pack.yaml": "pack: house\nversion: 1.0.0\n", "owners.yaml": f"policies:\n{POLICIES}"}, "owners", "owners.yaml"),
        ({"pack.yaml": "pack: house\nversion: 1.0.0\n", "owners.yaml": f"policies:\n{POLICIES}"}, "agents", "agents.yaml"),
        ({"pack.yaml": PACK, "policies/selectors.yaml": "select: {mine: agent}\n"}, "", "pack.yaml"),
        ({"pack.yaml": "pack: house\nversion: 1.0.0\n", "policies/a.yaml": f"policies:\n{POLICIES}"}, "", "policies/other.yaml"),
        ({"pack.yaml": "pack: house\nversion: 1.0.0\n", "policies/a.yaml": f"policies:\n{POLICIES}"}, "a", "policies/a.yaml"),
    ],
)
def test_a_new_policy_goes_where_the_pack_keeps_its_policies(
    tmp_path: Path, files: dict[str, str], family: str, place: str
) -> None:
    pack = tmp_path / "house"
    write(pack, files)
    done = run(tmp_path, "policy", "new", "other", "--pack", "house", *(["--family", family] if family else []))
    assert (done.returncode, done.stderr) == (0, "")
    assert layout(pack) == sorted({*files, place, *NEW_TESTS})
    for path, text in files.items():
        now = (pack / path).read_text("utf-8")
        assert now == text if path != place else now.startswith(text)
    word = "changed" if place in files else "wrote"
    assert f"{word} house/{place}\n" in done.stdout
    assert run(tmp_path, "policy", "test", "house", "--policy", "other").returncode == 0


def test_a_page_is_written_where_the_pack_has_pages(house: Path) -> None:
    write(house, {"house/docs/agent-owned.md": "# agent-owned\n"})
    assert run(house, "policy", "new", "other", "--pack", "house").returncode == 0
    assert (house / "house/docs/other.md").is_file()


@pytest.mark.parametrize(
    ("text", "family", "code", "words"),
    [
        (PACK, "Owners", 2, "'Owners' is not a valid policy id"),
        (PACK.replace("agent-owned", "other"), "", 3, "policy 'other' is declared twice"),
        (PACK.replace("policies:", "policies"), "", 3, "invalid YAML"),
        (
            "pack: house\nversion: 1.0.0\npolicies: [{id: a, title: a, why: b, each: agent, must: owner is set}]\n",
            "",
            2,
            "house/pack.yaml cannot be edited, so nothing is written: the list or map on line 3 is written between brackets",
        ),
        (
            "pack: house\nversion: 1.0.0\npolicies:\n- id: a\n  each: agent\n  must: owner is set\n  title: a\n  why: |\n    b",
            "",
            2,
            "house/pack.yaml cannot be edited, so nothing is written: the result would have another meaning",
        ),
    ],
)
def test_a_pack_that_cannot_take_the_policy_is_as_it_was(tmp_path: Path, text: str, family: str, code: int, words: str) -> None:
    write(tmp_path, {"house/pack.yaml": text})
    done = run(tmp_path, "policy", "new", "other", "--pack", "house", *(["--family", family] if family else []))
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert layout(tmp_path / "house") == ["pack.yaml"]
    assert (tmp_path / "house/pack.yaml").read_text("utf-8") == text


def test_a_file_is_no_pack(tmp_path: Path) -> None:
    write(tmp_path, {"house": "x"})
    done = run(tmp_path, "policy", "new", "a", "--pack", "house")
    assert done.returncode == 2
    assert "house is a file; give the folder of a pack" in done.stderr
