"""Every exit code. The commands run as a user starts them; when it must not be 0 is held in not_zero."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
FINDING = "shipcheck: 1\nagents:\n  helper: {}\n"
WARNING = (
    'shipcheck: 1\ndefaults: {owner: platform}\nteams:\n  platform: {contact: "#platform"}\n'
    'models:\n  large: {version: "1", pinned: false, chosen_by: code}\n'
)
DAY = ("--as-of", "2026-11-22")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "shipcheck"), *arguments]
    settings = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, check=False, text=True)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_a_clean_repository_leaves_with_0_and_says_what_it_rests_on(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    done = run(tmp_path, "check", *DAY)
    assert done.returncode == 0
    assert done.stdout.startswith("All clear.")
    assert "1 component" in done.stdout


def test_a_repository_that_says_it_has_nothing_leaves_with_0(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": "shipcheck: 1\nnothing_to_declare: {owner: me, date: 2026-01-01, reason: no model}\n"})
    done = run(tmp_path, "check")
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing to declare: no model")


def test_findings_leave_with_1_and_exit_zero_changes_only_that(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    failing = run(tmp_path, "check", "--format", "json", *DAY)
    allowed = run(tmp_path, "check", "--format", "json", "--exit-zero", *DAY)
    assert (failing.returncode, allowed.returncode) == (1, 0)
    told, zero = json.loads(failing.stdout), json.loads(allowed.stdout)
    assert (told.pop("exit"), zero.pop("exit")) == (1, 0)
    assert told == zero
    assert zero["verdict"] == "fail"


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1), ("note", 1)])
def test_fail_on_names_the_least_severity_that_fails(least: str, code: int, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": WARNING})
    assert run(tmp_path, "check", "--fail-on", least, *DAY).returncode == code


def test_fail_on_in_the_settings_counts_where_the_command_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": WARNING, ".shipcheck/settings.yaml": "shipcheck: 1\nfail_on: warning\n"})
    assert run(tmp_path, "check", *DAY).returncode == 1


def test_a_report_goes_to_the_file_whole_and_alone(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    done = run(tmp_path, "check", "--format", "json", "--output", "report.json", *DAY)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "fail"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "shipcheck.yaml"]


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_as_asked(arguments: tuple[str, ...], environment: dict[str, str], colored: bool, tmp_path: Path) -> None:  # noqa: FBT001
    write(tmp_path, {"shipcheck.yaml": FINDING})
    plain = {"FORCE_COLOR": "", "NO_COLOR": ""}
    assert ("\x1b[" in run(tmp_path, "check", *arguments, **{**plain, **environment}).stdout) is colored


@pytest.mark.parametrize("command", ["check", "explain", "why", "graph", "completion"])
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    done = run(tmp_path, command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: shipcheck {command}")


def test_a_command_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "chekc")
    assert done.returncode == 2
    assert "did you mean 'check'" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, tmp_path: Path) -> None:
    done = run(tmp_path, "completion", shell)
    assert done.returncode == 0
    assert "_SHIPCHECK_COMPLETE" in done.stdout


def test_explain_lists_and_explains(tmp_path: Path) -> None:
    listed = run(tmp_path, "explain")
    assert "core/ungated-sensitive-action" in listed.stdout
    explained = run(tmp_path, "explain", "core/ungated-sensitive-action").stdout
    assert [
        title
        for title in ("Why", "What it requires", "Example that fails", "Example that passes", "Fix", "Controls")
        if f"\n{title}\n" not in explained
    ] == []
    assert run(tmp_path, "explain", "ungated-sensitive-acton").returncode == 2


@pytest.mark.parametrize("arguments", ["--version", "check", "explain", "graph", "check --color never", "nope"])
def test_a_closed_standard_output_is_not_0_and_no_traceback(arguments: str, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    command = f"{Path(sys.executable).parent / 'shipcheck'} {arguments} >&-"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode in {2, 3}
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr


def test_a_report_goes_into_a_pipe_without_replacing_it(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    os.mkfifo(tmp_path / "pipe")
    command = f"{Path(sys.executable).parent / 'shipcheck'} check --output pipe & cat pipe; wait"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stdout.startswith("All clear.")
    assert (tmp_path / "pipe").is_fifo()


def test_a_report_goes_where_a_link_leads(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN, "real.txt": "old"})
    (tmp_path / "link.txt").symlink_to("real.txt")
    run(tmp_path, "check", "--output", "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text().startswith("All clear.")
