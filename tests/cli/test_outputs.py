"""Several reports of one run: where each goes, what a CI service turns on by itself, and that the verdict is always the same."""

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.support.repository import create
from tests.support.runners import azure_commands, github_commands
from tests.support.running import PROGRAM, environment, run, write
from tests.support.schemas import validator

from shipcheck.report.formats import FORMATS

CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
FINDING = "shipcheck: 1\nagents:\n  helper: {}\n"
MALFORMED = "shipcheck: [\n"
DAY = ("--as-of", "2026-11-22")
EVERY = FORMATS["check"]
APPENDING = [name for name, form in EVERY.items() if form.appends]
GITHUB = {"GITHUB_ACTIONS": "true"}
GITLAB = {"GITLAB_CI": "true"}


# ---- what the command line asks for


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (FINDING, 1), (MALFORMED, 3)])
def test_every_format_at_once_and_the_verdict_as_without_any(text: str, code: int, tmp_path: Path) -> None:
    write(tmp_path, {"repo/shipcheck.yaml": text})
    outputs = [part for form in EVERY for part in ("--output", f"{form}={form}.out")]
    plain = run(tmp_path, "check", "repo", *DAY)
    done = run(tmp_path, "check", "repo", *DAY, *outputs)
    assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, "") == (code, plain.stdout, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*(f"{form}.out" for form in EVERY), "repo"])
    for form in EVERY:
        alone = run(tmp_path, "check", "repo", *DAY, "--format", form)
        assert (alone.returncode, alone.stdout) == (code, (tmp_path / f"{form}.out").read_text("utf-8"))


def test_a_format_and_outputs_are_all_read_back(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    outputs = ("--format", "json", "--output", "sarif=a.sarif", "--output", "junit=b.xml", "--output", "concise=a=b.txt")
    done = run(tmp_path, "check", *DAY, *outputs)
    findings = json.loads(done.stdout)["findings"]
    sarif = json.loads((tmp_path / "a.sarif").read_text())["runs"][0]
    assert len(sarif["results"]) == len(findings)
    assert sarif["invocations"][0]["exitCode"] == done.returncode == 1
    assert len(list(ET.parse(tmp_path / "b.xml").iter("failure"))) > 0  # noqa: S314 - written a moment ago
    assert (tmp_path / "a=b.txt").read_text().count("\n") == len(findings) + 3


@pytest.mark.parametrize("form", APPENDING)
def test_commands_for_a_runner_may_stand_beside_the_report(form: str, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    plain = run(tmp_path, "check", *DAY).stdout
    done = run(tmp_path, "check", *DAY, "--output", f"{form}=-")
    assert done.stdout.startswith(plain)
    read = {"github": github_commands, "azure": azure_commands}[form]
    assert len(read(done.stdout)) == len(done.stdout.removeprefix(plain).splitlines()) > 0


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (("sarf=a",), "unknown format 'sarf'; did you mean 'sarif'?"),
        (("=a",), "unknown format ''"),
        (("sarif=",), "the file name is empty"),
        (("",), "the file name is empty"),
        (("sarif=.",), "'.' is a directory"),
        (("json=-",), "use --format json"),
        (("a.txt", "b.txt"), "only one FILE"),
        (("sarif=a", "junit=a"), "two reports would be written to 'a'"),
        (("a", "junit=./a"), "two reports would be written to 'a'"),
    ],
)
def test_an_output_that_cannot_be_meant_is_2_and_nothing_is_written(outputs: tuple[str, ...], words: str, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    done = run(tmp_path, "check", *(part for output in outputs for part in ("--output", output)))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())
    assert [path.name for path in tmp_path.iterdir()] == ["shipcheck.yaml"]


def test_one_output_that_cannot_be_written_is_3(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    done = run(tmp_path, "check", "--output", "junit=nowhere/b.xml")
    assert done.returncode == 3
    assert "nowhere/b.xml" in done.stderr


@pytest.mark.needs("git")
def test_paths_are_told_from_the_top_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, {"ai/helper/shipcheck.yaml": FINDING})

    def paths() -> set[str]:
        printed = run(tmp_path / "ai", "check", "helper", *DAY, "--format", "gitlab").stdout
        return {entry["location"]["path"] for entry in json.loads(printed)}

    assert paths() == {"shipcheck.yaml"}
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert paths() == {"ai/helper/shipcheck.yaml"}


# ---- what a CI service turns on by itself


def test_github_gets_annotations_and_a_job_summary_by_itself(tmp_path: Path) -> None:
    write(tmp_path, {"repo/shipcheck.yaml": FINDING, "summary.md": "before\n"})
    plain = run(tmp_path, "check", "repo", *DAY)
    done = run(tmp_path, "check", "repo", *DAY, **GITHUB, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert (done.returncode, done.stderr) == (plain.returncode, "")
    assert done.stdout.startswith(plain.stdout)
    assert github_commands(done.stdout)
    page = run(tmp_path, "check", "repo", *DAY, "--format", "markdown").stdout
    assert (tmp_path / "summary.md").read_text() == f"before\n{page}"


def test_gitlab_gets_its_report_by_itself(tmp_path: Path) -> None:
    write(tmp_path, {"repo/shipcheck.yaml": FINDING})
    plain = run(tmp_path / "repo", "check", *DAY)
    done = run(tmp_path / "repo", "check", *DAY, **GITLAB, CI_PROJECT_DIR=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, "")
    printed = run(tmp_path / "repo", "check", *DAY, "--format", "gitlab").stdout
    assert (tmp_path / "gl-code-quality-report.json").read_text() == printed
    assert run(tmp_path / "repo", "check", *DAY, **GITLAB).returncode == plain.returncode
    assert (tmp_path / "repo/gl-code-quality-report.json").is_file()


@pytest.mark.parametrize("asked", [("--format", "text"), ("--output", "concise=a.txt"), ("--output", "a.txt")])
@pytest.mark.parametrize("service", [GITHUB, GITLAB])
def test_what_is_asked_for_by_name_turns_the_rest_off(asked: tuple[str, ...], service: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    done = run(tmp_path, "check", *DAY, *asked, **service, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert done.stdout in {"", run(tmp_path, "check", *DAY).stdout}
    assert {path.name for path in tmp_path.iterdir()} <= {"shipcheck.yaml", "a.txt"}


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (FINDING, 1), (MALFORMED, 3)])
@pytest.mark.parametrize(
    "environment",
    [
        {**GITHUB, "GITHUB_STEP_SUMMARY": "nowhere/summary.md"},
        {**GITHUB, "GITHUB_STEP_SUMMARY": "."},
        {**GITHUB, "GITHUB_STEP_SUMMARY": ""},
        {**GITLAB, "CI_PROJECT_DIR": "nowhere"},
        {**GITLAB, "CI_PROJECT_DIR": "shipcheck.yaml"},
    ],
)
def test_what_nobody_asked_for_never_changes_the_verdict(
    environment: dict[str, str], text: str, code: int, tmp_path: Path
) -> None:
    write(tmp_path, {"shipcheck.yaml": text})
    done = run(tmp_path, "check", *DAY, **environment)
    assert done.returncode == code
    assert done.stdout.startswith(run(tmp_path, "check", *DAY).stdout)
    assert ("the verdict is not affected" in done.stderr) is (environment.get("GITHUB_STEP_SUMMARY") != "")
    assert [path.name for path in tmp_path.iterdir()] == ["shipcheck.yaml"]


def test_a_summary_that_is_full_is_left_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING, "summary.md": "x" * 1_000_000})
    run(tmp_path, "check", *DAY, **GITHUB, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert (tmp_path / "summary.md").stat().st_size == 1_000_000
    (tmp_path / "summary.md").write_text("x" * 999_000)
    run(tmp_path, "check", *DAY, **GITHUB, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert 999_000 < (tmp_path / "summary.md").stat().st_size <= 1024 * 1024


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="the system has no links")
def test_a_link_that_a_stranger_left_is_replaced_and_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"repo/shipcheck.yaml": FINDING, "precious.txt": "mine"})
    (tmp_path / "repo/gl-code-quality-report.json").symlink_to(tmp_path / "precious.txt")
    assert run(tmp_path / "repo", "check", *DAY, **GITLAB).returncode == 1
    assert (tmp_path / "precious.txt").read_text() == "mine"
    assert not (tmp_path / "repo/gl-code-quality-report.json").is_symlink()


def test_a_hostile_file_name_forges_nothing_on_github(tmp_path: Path) -> None:
    """The path begins the line of a problem in `concise`, and stands alone on one in `text`."""
    folder = tmp_path / "::error file=a.py::forged%0A##[add-mask]e ##vso[task.complete]x"
    write(folder, {"shipcheck.yaml": MALFORMED})
    for form in EVERY.keys() - APPENDING:
        printed = run(tmp_path, "check", *DAY, "--format", form).stdout
        assert github_commands(printed) == azure_commands(printed) == []
    assert len(github_commands(run(tmp_path, "check", *DAY, "--format", "github").stdout)) == 1


def test_the_same_bytes_come_out_under_every_hash_seed_and_locale(tmp_path: Path) -> None:
    other = "shipcheck: 1\nagents: {b: {calls: [a]}}\nactions: {a: {}}\n"
    write(tmp_path, {"repo/shipcheck.yaml": FINDING, "repo/größe/b.shipcheck.yaml": other})
    outputs = [part for form in EVERY for part in ("--output", f"{form}={form}.out")]
    seen = set()
    for seed, locale in (("0", "C"), ("77", "C.UTF-8"), ("5", "POSIX")):
        run(tmp_path, "check", "repo", *DAY, *outputs, PYTHONHASHSEED=seed, LC_ALL=locale)
        seen.add(tuple((tmp_path / f"{form}.out").read_bytes() for form in EVERY))
    assert len(seen) == 1


# ---- where a report may go, and what it says of where it comes from


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout")
@pytest.mark.parametrize("beside", [(), ("--format", "concise")])
def test_standard_output_by_its_name_takes_a_report_in_a_pipe_and_in_a_file(beside: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"repo/shipcheck.yaml": FINDING})
    asked = ("check", "repo", *DAY, *beside, "--output", "/dev/stdout")
    plain = run(tmp_path, "check", "repo", *DAY, *beside)
    piped = run(tmp_path, *asked)
    assert (piped.returncode, piped.stdout, piped.stderr) == (1, plain.stdout, "")
    with (tmp_path / "out").open("w") as stream:
        stream.write("before\n")
        stream.flush()
        done = subprocess.run([PROGRAM, *asked], cwd=tmp_path, stdout=stream, check=False, env=environment())
    assert (done.returncode, (tmp_path / "out").read_text()) == (1, f"before\n{plain.stdout}")


@pytest.mark.needs("git")
def test_sarif_says_where_the_repository_is_without_names_and_passwords(tmp_path: Path) -> None:
    repository = create(tmp_path / "top", {"shipcheck.yaml": FINDING})
    asked = ("check", "--from", "HEAD", "--format", "sarif")

    def told() -> object:
        return json.loads(run(repository.top, *asked).stdout)["runs"][0].get("versionControlProvenance")

    assert told() is None
    repository.git("remote", "add", "origin", "https://me:secret@github.com/org/name.git")
    revision = repository.git("rev-parse", "HEAD")
    assert told() == [{"repositoryUri": "https://github.com/org/name", "revisionId": revision}]
    repository.git("remote", "set-url", "origin", str(tmp_path))
    assert told() is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "--as-of", "1.1.2026"), "'1.1.2026' is not a date; write it as YYYY-MM-DD"),
        (("check", "--nope"), "no such option '--nope'"),
        (("check", "--output", "xml=a"), "unknown format 'xml'"),
        (("check", "nowhere"), "nowhere does not exist"),
    ],
)
def test_every_complaint_begins_alike(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("shipcheck: ")
    assert words in done.stderr
    assert "%" not in run(tmp_path, "check", "--help").stdout


# ---- a run that ends before it has judged

FILES = {name: f"old.{name}" for name in EVERY}
ENDS: dict[str, tuple[tuple[str, ...], int]] = {
    "a base that is not there": (("--base", "gone"), 3),
    "options that exclude each other": (("--base", "main", *DAY), 2),
    "a folder that is not there": (("nowhere",), 2),
    "an option that does not exist": (("--fail-an", "note"), 2),
    "a severity that does not exist": (("--fail-on", "never"), 2),
    "another output that cannot be written": (("--output", "json=nowhere/a"), 3),
}


@pytest.mark.needs("git")
@pytest.mark.parametrize("name", ENDS)
def test_no_report_of_an_earlier_run_stays_and_json_is_always_json(name: str, tmp_path: Path) -> None:
    more, code = ENDS[name]
    top = create(tmp_path / "r", {"shipcheck.yaml": CLEAN if "base" in name else FINDING}).top
    outputs = [part for form, file in FILES.items() for part in ("--output", f"{form}={file}")]
    assert run(top, "check", *outputs, "--exit-zero").returncode == 0
    green = {file: (top / file).read_bytes() for file in FILES.values()}
    done = run(top, "check", "--format", "json", *outputs, *more)
    assert done.returncode == code, done.stderr
    report = json.loads(done.stdout)
    assert (report["verdict"], report["exit"], report["findings"]) == ("incomplete", code, [])
    validator("check").validate(report)
    assert report["problems"][0]["message"] == done.stderr.splitlines()[0].removeprefix("shipcheck: ")
    assert {file for file, content in green.items() if (top / file).read_bytes() == content} == set()
    assert json.loads((top / FILES["sarif"]).read_text())["runs"][0]["invocations"][0]["exitCode"] == code
    assert len(list(ET.parse(top / FILES["junit"]).iter("failure"))) == 1  # noqa: S314 - written a moment ago


def test_a_file_that_is_no_report_survives_a_run_that_ends_early(tmp_path: Path) -> None:
    """It may have been named by mistake."""
    write(tmp_path, {"shipcheck.yaml": CLEAN, "gate.py": "def ask(): ...\n"})
    outputs = ("--output", "json=gate.py", "--output", "junit=shipcheck.yaml")
    assert run(tmp_path, "check", "nowhere", *outputs).returncode == 2
    assert (tmp_path / "gate.py").read_text() == "def ask(): ...\n"
    assert (tmp_path / "shipcheck.yaml").read_text() == CLEAN


GATE = f"""{CLEAN}gates:
  ask: {{owner: platform, implemented_by: [{{file: src/gate.py, symbol: ask}}]}}
"""


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("report.sarif", "write --output sarif=report.sarif"),
        ("out/Report.XML", "write --output junit=out/Report.XML"),
        ("report.json", "write --output json=report.json"),
        ("report.md", "write --output markdown=report.md"),
        ("text=shipcheck.yaml", "is the name of a file that the check reads"),
        ("json=sub/../new.shipcheck.yaml", "is the name of a file that the check reads"),
        ("json=.shipcheck/settings.yaml", "is the name of a file that the check reads"),
        ("json=.github/CODEOWNERS", "is the name of a file that the check reads"),
        ("json=link.json", "is the name of a file that the check reads"),
        ("json=src/gate.py", "would overwrite src/gate.py, which this run reads"),
        ("json=src/evidence.json", "would overwrite src/evidence.json, which this run reads"),
        ("json=conf/ai.yaml", "would overwrite conf/ai.yaml, which this run reads"),
    ],
)
def test_an_output_takes_no_name_of_another_format_and_no_file_that_is_read(output: str, words: str, tmp_path: Path) -> None:
    files = {
        "shipcheck.yaml": GATE,
        "sub/keep": "",
        "src/gate.py": "def ask(): ...  # for shipcheck\n",
        "src/evidence.json": "[]",
        "conf/ai.yaml": "shipcheck: 1\ngates:\n  more: {owner: platform, implemented_by: [{file: src/evidence.json}]}\n",
        ".shipcheck/settings.yaml": "shipcheck: 1\nmanifests: {also: [conf/*.yaml]}\n",
        ".github/CODEOWNERS": "* @o/t\n",
    }
    write(tmp_path, files)
    (tmp_path / "link.json").symlink_to("shipcheck.yaml")
    done = run(tmp_path, "check", "--output", output, "--exit-zero")
    assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    assert {name: (tmp_path / name).read_text() for name in files} == files


def test_a_name_of_the_format_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    assert run(tmp_path, "check", "--format", "sarif", "--output", "report.sarif").returncode == 0
    assert json.loads((tmp_path / "report.sarif").read_text())["version"] == "2.1.0"
