"""`shipcheck discover`: what it answers without any manifest, what PATH and the options do, and when it fails."""

import csv
import io
import json
import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import Repository, create
from tests.support.running import PROGRAM, environment, run, write

FILES = {
    "src/app.py": "import os\n",
    "src/search.py": "from llama_index.core import x\nimport os\n",
    "cmd/main.go": "package main\n",
    "cmd/other.go": "package main\n",
    "README.md": "text\n",
    "bin/start": "#!/usr/bin/env python3\n",
}
SETTINGS = ".shipcheck/settings.yaml"


def answer(folder: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    """The answer as data."""
    done = run(folder, "discover", *arguments, "--format", "json")
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines(found: dict[str, Any], name: str) -> dict[str, list[str]]:
    return {line["reason"]: line["files"] for line in found["coverage"][name]}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return create(tmp_path / "repo", FILES)


# ---- the answer


def test_a_repository_without_a_manifest_is_answered(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    done = run(tmp_path, "discover")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Found no AI component in what was analysed of ")
    assert "not analysed  Go  " in done.stdout
    assert "LlamaIndex, which no detector knows  src/search.py:1" in done.stdout


def test_an_empty_folder_is_answered(tmp_path: Path) -> None:
    coverage = answer(tmp_path)["coverage"]
    assert (coverage["seen"], coverage["unparsed"], coverage["not_analysed"]) == (0, [], [])


@pytest.mark.needs("git")
def test_every_kind_of_path_is_counted_once(repository: Repository, tmp_path: Path) -> None:
    other = create(tmp_path / "other", {"x.py": ""})
    repository.git("submodule", "--quiet", "add", str(other.top), "module")
    (repository.top / "link.py").symlink_to("src/app.py")
    big = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    repository.write({".gitattributes": "*.bin filter=lfs\n", "a.bin": big, "large.py": "x = 1\n" * 200_000, "ignored.py": ""})
    repository.write({".gitignore": "ignored.py\n"})
    found = answer(repository.top)
    assert lines(found, "unparsed") == {"lfs_pointer": ["a.bin"], "too_large": ["large.py"]}
    assert lines(found, "not_analysed") == {
        "go": ["cmd/main.go", "cmd/other.go"],
        "link": ["link.py"],
        "script": ["bin/start"],
        "submodule": ["module"],
    }
    coverage = found["coverage"]
    parts = [len(line["files"]) for line in (*coverage["unparsed"], *coverage["not_analysed"])]
    assert coverage["seen"] == 13 == coverage["parsed"] + coverage["skipped"] + sum(parts)


@pytest.mark.needs("git")
def test_a_sparse_checkout_says_what_is_not_there(repository: Repository) -> None:
    repository.git("sparse-checkout", "set", "--no-cone", "/*", "!/src/")
    assert lines(answer(repository.top), "unparsed") == {"not_checked_out": ["src/app.py", "src/search.py"]}
    assert lines(answer(repository.top, "--from", "HEAD"), "unparsed") == {}


@pytest.mark.needs("git")
def test_a_state_of_git_is_read_and_not_the_files_on_disk(repository: Repository) -> None:
    repository.write({"new.rs": "fn main() {}\n"})
    assert "rust" in lines(answer(repository.top), "not_analysed")
    assert "rust" not in lines(answer(repository.top, "--from", "index"), "not_analysed")
    found = answer(repository.top, "--from", "HEAD")
    assert "rust" not in lines(found, "not_analysed")
    assert found["source"]["revision"] == repository.git("rev-parse", "HEAD")
    assert lines(found, "not_analysed")["go"] == ["cmd/main.go", "cmd/other.go"]


@pytest.mark.parametrize("path", ["src", "src/app.py", ".", "cmd"])
def test_path_narrows_what_is_shown_and_not_what_is_read(path: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    found = answer(tmp_path, path, "--root", ".")
    assert found["only"] == (None if path == "." else path)
    assert found["coverage"] == answer(tmp_path)["coverage"]


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_an_output_is_what_is_printed(form: str, tmp_path: Path) -> None:
    write(tmp_path, {f"repo/{name}": text for name, text in FILES.items()})
    printed = run(tmp_path, "discover", "repo", "--format", form)
    done = run(tmp_path, "discover", "repo", "--format", form, "--output", "out")
    assert (printed.returncode, done.returncode, done.stdout) == (0, 0, "")
    assert (tmp_path / "out").read_text("utf-8") == printed.stdout


def test_lines_of_a_spreadsheet_end_as_its_standard_says(tmp_path: Path) -> None:
    write(tmp_path, {"=1+1.go": "", "a.go": ""})
    run(tmp_path, "discover", ".", "--root", ".", "--format", "csv", "--output", "../out.csv")
    content = (tmp_path.parent / "out.csv").read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 1
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_explain_says_what_was_made_of_a_line(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    for name in ("src/search.py:1", str(tmp_path / "src/search.py:1")):
        assert answer(tmp_path, "--explain", name)["explained"] == {
            "place": "src/search.py:1",
            "lines": ["imports LlamaIndex, which no detector knows", "no component is found at this line"],
        }
    assert answer(tmp_path, "--explain", "cmd/main.go:1")["explained"]["lines"][0] == "cmd/main.go is not analysed: Go"


# ---- what cannot be answered


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--kind", "agnt"), 2, "unknown kind 'agnt'; did you mean 'agent'?"),
        (("--kind", "xyzzy"), 2, "unknown kind 'xyzzy'; the kinds are portfolio, use_case, agent"),
        (("--explain", "src/app.py"), 2, "'src/app.py' is not FILE:LINE"),
        (("--explain", "src/app.py:0"), 2, "is not FILE:LINE"),
        (("--explain", "src/ap.py:1"), 2, "did you mean 'src/app.py'?"),
        (("--format", "xml"), 2, "xml"),
        (("--root", "nowhere"), 2, "nowhere does not exist"),
        (("--from", "HEAD"), 2, "has no revision 'HEAD'"),
        (("srx", "--root", "."), 2, "srx does not exist; did you mean 'src'?"),
        (("..", "--root", "."), 3, "is outside of the root"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], code: int, words: str, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    done = run(tmp_path, "discover", *arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert done.stdout == ""


@pytest.mark.needs("git")
def test_what_git_ignores_is_not_looked_at(repository: Repository) -> None:
    repository.write({".gitignore": "build/\n", "build/a.py": ""})
    done = run(repository.top, "discover", "build")
    assert (done.returncode, "git tracks nothing in build" in done.stderr) == (3, True)


def test_settings_that_are_malformed_are_2(tmp_path: Path) -> None:
    write(tmp_path, {SETTINGS: "shipcheck: 1\ncode: {fail: [unparsd]}\n"})
    done = run(tmp_path, "discover")
    assert done.returncode == 2
    assert "unknown word 'unparsd'; did you mean 'unparsed'?" in done.stdout


# ---- the setting `code`


@pytest.mark.parametrize(
    ("setting", "paths"),
    [
        ("{fail: [go]}", ["cmd/main.go", "cmd/other.go"]),
        ("{fail: [not_analysed]}", ["bin/start", "cmd/main.go", "cmd/other.go"]),
        ("{folders: {cmd/: [not_analysed]}}", ["cmd/main.go", "cmd/other.go"]),
        ("{folders: {src: [not_analysed]}}", []),
        ("{fail: [unknown_frameworks]}", ["src/search.py"]),
        ("{fail: [unparsed, java]}", []),
        ("{}", []),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_a_gap_that_the_settings_do_not_allow_fails_and_names_the_file(
    setting: str, paths: list[str], form: str, tmp_path: Path
) -> None:
    write(tmp_path, {**FILES, SETTINGS: f"shipcheck: 1\ncode: {setting}\n"})
    done = run(tmp_path, "discover", "--format", form)
    assert (done.returncode, done.stderr) == (3 if paths else 0, "")
    if form == "json":
        assert sorted(problem["location"]["path"] for problem in json.loads(done.stdout)["problems"]) == paths
    for path in paths:
        assert path in done.stdout


def test_a_folder_of_the_settings_without_files_is_said(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, SETTINGS: "shipcheck: 1\ncode: {folders: {scr: [unparsed]}}\n"})
    done = run(tmp_path, "discover")
    assert (done.returncode, "names 'scr', in which there is no file" in done.stdout) == (0, True)


# ---- the same setting in a check

CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
DAY = ("--as-of", "2026-11-22")


def checked(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit code of a check, and the files of its problems."""
    done = run(folder, "check", *arguments, "--format", "json")
    return done.returncode, [problem["location"]["path"] for problem in json.loads(done.stdout)["problems"]]


def test_a_check_is_incomplete_where_the_settings_do_not_allow_a_gap(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\ncode: {fail: [go]}\n"})
    assert checked(tmp_path, *DAY) == (3, ["cmd/main.go", "cmd/other.go"])
    write(tmp_path, {SETTINGS: "shipcheck: 1\ncode: {folders: {src: [go]}}\n"})
    assert checked(tmp_path, *DAY) == (0, [])


def test_a_check_without_the_setting_opens_no_code(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "shipcheck.yaml": CLEAN})
    code = "import sys\nfrom shipcheck.cli.run import run\nrun()\nassert 'shipcheck.pipeline.discovery' not in sys.modules\n"
    done = subprocess.run(
        [str(Path(PROGRAM).parent / "python"), "-c", code, "check", *DAY],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.needs("git")
def test_the_base_asks_until_the_change_is_merged(tmp_path: Path) -> None:
    asking = {"shipcheck.yaml": CLEAN, SETTINGS: "shipcheck: 1\ncode: {fail: [go]}\n", "a.md": ""}
    repository = create(tmp_path / "repo", asking)
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit({SETTINGS: "shipcheck: 1\n", "a.md": "x"})
    report = repository.judged(base="main")
    found = [(finding["policy"], finding["message"]) for finding in report["findings"]]
    assert ("core/change-settings", "coverage may have gaps of 'go' again") in found
    repository.commit({"main.go": "package main\n"})
    report = repository.judged(base="main")
    assert [problem["location"]["path"] for problem in report["problems"]] == ["main.go"]
    assert report["exit"] == 3


@pytest.mark.needs("git")
def test_a_root_below_the_top_has_what_the_top_asks_for_it(tmp_path: Path) -> None:
    asking = "shipcheck: 1\nroots: [services/*]\ncode: {folders: {services/a/src: [go], services: [java], other: [rust]}}\n"
    files = {SETTINGS: asking, **{f"services/a/{name}": "" for name in ("src/x.go", "y.go", "z.java", "other/w.rs")}}
    repository = create(tmp_path / "repo", files)
    found = answer(repository.top, "--root", "services/a", code=3)
    assert [problem["location"]["path"] for problem in found["problems"]] == ["src/x.go", "z.java"]


def test_the_effective_settings_have_it(tmp_path: Path) -> None:
    write(tmp_path, {SETTINGS: "shipcheck: 1\ncode: {fail: [go], folders: {src: [unparsed]}}\n"})
    done = run(tmp_path, "settings", "--match", "code.", "--origin")
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["code.fail", "go", f"{SETTINGS}:2"],
        ["code.folders.src", "unparsed", f"{SETTINGS}:2"],
    ]


# ---- on a terminal


def test_a_terminal_gets_lines_that_fit_and_a_file_gets_all(tmp_path: Path) -> None:
    write(tmp_path, {f"{'x' * 60}/{number}{'y' * 50}.go": "" for number in range(3)})
    master, slave = pty.openpty()
    os.set_blocking(master, False)
    env = environment(COLUMNS="60", TERM="dumb")
    subprocess.run([PROGRAM, "discover"], cwd=tmp_path, env=env, stdin=slave, stdout=slave, stderr=slave, check=True)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    cut = [line for line in shown.splitlines() if "…" in line]
    assert cut
    assert all(len(line) <= 60 for line in cut)
    assert "…" not in run(tmp_path, "discover").stdout
