"""`shipcheck why` as a user runs it: exit codes, typing mistakes, the order of its answers."""

import json
from pathlib import Path

import pytest
from tests.support.golden import copy_of
from tests.support.running import run

ROOT = Path(__file__).resolve().parents[2]
WORLD = "tests/golden/why/world"
DAY = ("--as-of", "2026-11-22")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("clerk", "wire", "--root", WORLD, "--policy", "gated"), 0),
        (("agent:lonely", "action:wire", "--root", WORLD), 0),
        (("clerk", "wire", "--root", WORLD), 1),
        (("clerk", "wire", "--root", WORLD, "--policy", "gated", "--policy", "local/supervised"), 1),
        (("lonely", "ask", "--root", WORLD), 1),
        (("gate:first", "ask", "--root", WORLD), 3),
        (("desk", "pay", "--root", WORLD, "--policy", "kept"), 3),
        (("desk", "pay", "--root", "tests/golden/syntax-error"), 3),
        (("desk", "pay", "--root", "tests/golden/settings-problem"), 2),
        (("desk", "pay", "--root", "tests/golden/local-pack-problem"), 3),
    ],
)
def test_the_exit_code_says_how_it_came_out(arguments: tuple[str, ...], code: int) -> None:
    done = run(ROOT, "why", *arguments, *DAY)
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    verdict = json.loads(run(ROOT, "why", *arguments, *DAY, "--format", "json").stdout)["verdict"]
    assert verdict == {0: "pass", 1: "fail", 2: "incomplete", 3: "incomplete"}[code]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "missing argument 'FROM'"),
        (("desk",), "missing argument 'TO'"),
        (("desk", "pay", "--root", WORLD, "more"), "unexpected extra argument"),
        (("desk", "pai", "--root", WORLD), "unknown component 'pai'; did you mean 'pay'?"),
        (("dsk", "pay", "--root", WORLD), "unknown component 'dsk'; did you mean 'desk'?"),
        (("desk", "pay", "--root", "nowhere"), "nowhere does not exist"),
        (("desk", "pay", "--root", WORLD, "--policy", "gatd"), "unknown policy 'gatd'; did you mean 'gated'?"),
        (
            ("a", "b", "--root", "examples/bank-disputes/after", "--policy", "owner-missing"),
            "core/owner-missing is not a path policy",
        ),
        (("desk", "pay", "--root", WORLD, "--format", "concise"), "concise"),
        (("desk", "pay", "--root", WORLD, "--as-of", "today"), "today"),
    ],
)
def test_a_mistake_on_the_command_line_leaves_with_2_and_says_what(arguments: tuple[str, ...], words: str) -> None:
    done = run(ROOT, "why", *arguments)
    assert done.returncode == 2, done.stdout
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_of_why_names_its_exit_codes(tmp_path: Path) -> None:
    done = run(tmp_path, "why", "--help")
    assert (done.returncode, done.stdout.startswith("Usage: shipcheck why [OPTIONS] FROM TO")) == (0, True)
    assert "no policy is about the" in done.stdout


def test_failures_come_first(tmp_path: Path) -> None:
    done = run(copy_of(ROOT / WORLD, tmp_path), "why", "clerk", "wire", *DAY)
    heads = [line.split(":")[0] for line in done.stdout.splitlines() if line.startswith(("error:", "warning:", "note:", "pass:"))]
    assert heads == ["warning", "note", "note", "pass"]


@pytest.mark.parametrize(
    ("words", "position", "offered"), [("shipcheck wh", "1", "plain,why"), ("shipcheck why a b --fo", "4", "plain,--format")]
)
def test_why_is_completed(words: str, position: str, offered: str) -> None:
    done = run(ROOT, COMP_WORDS=words, COMP_CWORD=position, _SHIPCHECK_COMPLETE="bash_complete")
    assert done.stdout.splitlines() == [offered]
