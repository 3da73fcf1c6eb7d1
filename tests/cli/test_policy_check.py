"""`shipcheck policy check`: which packs it looks at, what it prints, and how it leaves."""

import json
from pathlib import Path

import pytest
from tests.support.running import run, write

HEAD = "pack: {}\nversion: 1.0.0\n"
CLEAN = HEAD + "policies:\n  - {{id: a, title: A, why: B, each: agent, must: owner is set}}\n"
DOUBTFUL = HEAD + "policies:\n  - {{id: a, title: A, why: B, each: agent, must: entry is set}}\n"
WRONG = HEAD + "policies:\n  - {{id: a, title: A, why: B, each: agnet, must: owner is set}}\n"
WARNING = (
    "warning: 'entry is set' is always true, so it requires nothing    P023\n\n"
    "  own/pack.yaml:4:50\n"
    "   3 | policies:\n"
    "   4 |   - {id: a, title: A, why: B, each: agent, must: entry is set}\n"
    "     |                                                  ^^^^^^^^^^^^\n"
)
HOLDS = "own 1.0.0: 1 policy, 0 parameters and 0 selectors. Passes over the graph: one (1).\n"


@pytest.mark.parametrize("arguments", [(), ("--strict",)])
def test_a_clean_pack_is_0(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": CLEAN.format("own")})
    done = run(tmp_path, "policy", "check", "own", *arguments)
    assert (done.returncode, done.stdout) == (0, f"All clear.\n{HOLDS}")


def test_the_local_pack_goes_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": "shipcheck: 1\n", ".shipcheck/local/pack.yaml": CLEAN.format("local")})
    (tmp_path / "svc").mkdir()
    assert run(tmp_path, "policy", "check", "local").stdout == f"All clear.\n{HOLDS.replace('own', 'local')}"
    tested = run(tmp_path / "svc", "policy", "test", "local", "--root", "..")
    assert (tested.returncode, "local 1.0.0: " in tested.stdout) == (1, True)
    assert run(tmp_path / "svc", "policy", "check", "local").returncode == 2


def test_a_warning_is_0_and_with_strict_1(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": DOUBTFUL.format("own")})
    done = run(tmp_path, "policy", "check", "own")
    assert (done.returncode, done.stdout) == (0, f"{WARNING}\nFound 1 warning, allowed without --strict.\n{HOLDS}")
    done = run(tmp_path, "policy", "check", "own", "--strict")
    assert (done.returncode, done.stdout) == (1, f"{WARNING}\nFound 1 warning; --strict allows none.\n{HOLDS}")


def test_a_wrong_pack_is_3(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": WRONG.format("own")})
    done = run(tmp_path, "policy", "check", "own", "--format", "concise")
    said = "unknown kind or selector 'agnet'; did you mean 'agent'?"
    summary = "Not compiled: 1 problem. Fix it and run again.\n"
    assert (done.returncode, done.stdout) == (3, f"own/pack.yaml:4:37: problem P002: {said}\n{summary}")


def test_a_pack_that_is_no_yaml_is_3(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": "pack: [", "own/policies/more.yaml": "{"})
    done = run(tmp_path, "policy", "check", "own")
    assert done.returncode == 3
    assert done.stdout.endswith("Not compiled: 2 problems. Fix them and run again.\n")


def test_the_report_for_programs(tmp_path: Path) -> None:
    write(tmp_path, {"own/pack.yaml": DOUBTFUL.format("own")})
    done = run(tmp_path, "policy", "check", "own", "--strict", "--format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert (found["pack_check"], found["verdict"], found["strict"], found["problems"]) == (1, "fail", True, [])
    cost = {"class": "linear", "reads": [], "text": "one pass over the graph"}
    assert found["packs"] == [
        {"name": "own", "version": "1.0.0", "parameters": 0, "selectors": 0, "policies": [{"policy": "own/a", "cost": cost}]}
    ]
    assert [(warning["code"], warning["location"]["path"]) for warning in found["warnings"]] == [("P023", "own/pack.yaml")]


def test_without_a_pack_every_one_in_use_is_checked(tmp_path: Path) -> None:
    write(tmp_path, {".shipcheck/local/pack.yaml": DOUBTFUL.format("local")})
    done = run(tmp_path, "policy", "check", "--format", "concise")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0].startswith(".shipcheck/local/pack.yaml:4:50: warning P023:")
    assert [line.partition(":")[0] for line in lines[2:]] == ["core 1.0.0", "local 1.0.0"]


def test_settings_that_are_wrong_are_2(tmp_path: Path) -> None:
    write(tmp_path, {".shipcheck/settings.yaml": "shipcheck: 1\npacks: [cor]\n"})
    done = run(tmp_path, "policy", "check")
    assert done.returncode == 2
    assert "did you mean 'core'?" in done.stdout


def test_the_pack_core_passes_strictly(tmp_path: Path) -> None:
    done = run(tmp_path, "policy", "check", "core", "--strict")
    assert done.returncode == 0, done.stdout
