"""Every situation in which a command must not leave with 0, with the exit code that it leaves with and what it says."""

import gc
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.not_zero.commands import COMMANDS
from tests.cli.not_zero.declared import CLEAN, DECLARED
from tests.cli.not_zero.pulled import BASE, PULLED
from tests.cli.not_zero.spoiled import FOLDERS, REPOSITORIES, Spoiled
from tests.cli.not_zero.starved import STARVED, Starved
from tests.support.repository import create
from tests.support.running import write

from shipcheck.cli.run import run

ENOUGH = 60
Capture = pytest.CaptureFixture[str]


def left(folder: Path, *arguments: str, capture: Capture, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code and all that is printed. The command line runs in this process, as the program would run it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["shipcheck", *arguments])
        for name, value in {"NO_COLOR": "1", **(environment or {})}.items():
            patch.setenv(name, value)
        try:
            code = run()
        finally:
            gc.enable()
    printed = capture.readouterr()
    return code, printed.out + printed.err


def check(folder: Path, *arguments: str, capture: Capture, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The same, of a check."""
    return left(folder, "check", *arguments, capture=capture, environment=environment)


def name_of(case: object) -> str | None:
    return case.spoil.__name__ + "".join(f" {part}" for part in case.arguments) if isinstance(case, Spoiled) else None


def test_there_are_many() -> None:
    assert len(DECLARED) + len(COMMANDS) + len(FOLDERS) + len(REPOSITORIES) + len(PULLED) + len(STARVED) >= ENOUGH


def test_without_any_of_them_it_is_0(tmp_path: Path, capfd: Capture) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    assert check(tmp_path, capture=capfd)[0] == 0


@pytest.mark.parametrize("name", DECLARED)
def test_what_is_declared(name: str, tmp_path: Path, capfd: Capture) -> None:
    files, arguments, expected, words = DECLARED[name]
    write(tmp_path, files)
    code, printed = check(tmp_path, *arguments, capture=capfd)
    assert (code, words in printed) == (expected, True), printed
    if expected != 1:
        assert check(tmp_path, "--exit-zero", *arguments, capture=capfd) == (code, printed)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_asked_of_another_command(name: str, tmp_path: Path, capfd: Capture) -> None:
    files, arguments, expected, words = COMMANDS[name]
    write(tmp_path, files)
    code, printed = left(tmp_path, *arguments, capture=capfd)
    assert (code, words in printed) == (expected, True), printed


@pytest.mark.parametrize("case", FOLDERS, ids=name_of)
def test_a_folder_that_is_spoiled(case: Spoiled, tmp_path: Path, capfd: Capture) -> None:
    folder = tmp_path / "top"
    write(folder, {"shipcheck.yaml": CLEAN})
    case.spoil(folder)
    code, printed = check(folder, *case.arguments, "--exit-zero", capture=capfd, environment=case.environment)
    assert (code, case.words in printed) == (case.code, True), printed


@pytest.mark.needs("git")
@pytest.mark.parametrize("case", REPOSITORIES, ids=name_of)
def test_a_repository_that_is_spoiled(case: Spoiled, tmp_path: Path, capfd: Capture) -> None:
    repository = create(tmp_path / "top", {"shipcheck.yaml": CLEAN})
    case.spoil(repository)
    code, printed = check(repository.top, *case.arguments, capture=capfd, environment=case.environment)
    assert (code, case.words in printed) == (case.code, True), printed


@pytest.mark.needs("git")
def test_the_base_of_the_pull_requests_is_clean(tmp_path: Path, capfd: Capture) -> None:
    repository = create(tmp_path / "top", BASE)
    assert check(repository.top, "--base", "main", "--fail-on", "warning", capture=capfd)[0] == 0


@pytest.mark.needs("git")
@pytest.mark.parametrize("case", PULLED, ids=name_of)
def test_a_pull_request_that_bends_the_rules(case: Spoiled, tmp_path: Path, capfd: Capture) -> None:
    repository = create(tmp_path / "top", BASE)
    repository.git("checkout", "--quiet", "-b", "change")
    case.spoil(repository)
    code, printed = check(repository.top, *case.arguments, capture=capfd)
    assert (code, case.words in printed) == (case.code, True), printed


@pytest.mark.needs("git")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("case", STARVED, ids=lambda case: case.how.__name__)
def test_a_run_that_is_starved(case: Starved, tmp_path: Path) -> None:
    folder = tmp_path / "top"
    write(folder, {"shipcheck.yaml": CLEAN})
    done = case.how(folder)
    printed = (done.stdout or "") + done.stderr
    assert (done.returncode, case.words in printed) == (case.code, True), printed
    assert "Traceback" not in printed
    assert not [path for path in folder.iterdir() if path.name.startswith("report") or path.name.endswith(".tmp")]
