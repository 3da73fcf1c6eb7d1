"""PATH narrows what is shown and counted for the exit code, and never what is judged or by which rules."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import DAY, Repository, create
from tests.support.running import run

from shipcheck.app.check import CheckRequest, check
from shipcheck.cli.place import place_of
from shipcheck.errors import CannotJudgeError, UsageError
from shipcheck.report.check.concise import render as concise
from shipcheck.report.check.json import render as render_json
from shipcheck.report.formats import FORMATS

pytestmark = pytest.mark.needs("git")

PACK = """pack: local
version: 1.0.0
policies:
  - id: titled
    title: Every agent has a title
    why: A title tells what it is.
    each: agent
    must: title is set
    message: "{subject} has no title"
  - id: ungated
    title: No agent reaches a sensitive action
    why: It must not.
    each: agent where entry
    must_not_reach: action where sensitivity >= high
    along: calls, delegates_to
    unless_through: gate where decided_by == human
    severity: warning
    message: "{from} reaches {to}"
"""
SETTINGS_FILE = ".shipcheck/settings.yaml"
SETTINGS = "shipcheck: 1\npacks: [local]\nfail_on: warning\nmanifests: {ignore: [old/]}\n"
TEAM = "shipcheck: 1\nteams:\n  team-c: {}\n"
FILES = {
    ".shipcheck/settings.yaml": SETTINGS,
    ".shipcheck/local/pack.yaml": PACK,
    "a/shipcheck.yaml": "shipcheck: 1\nagents:\n  desk: {title: Desk, delegates_to: [clerk]}\n",
    "b/shipcheck.yaml": "shipcheck: 1\nagents:\n  clerk: {entry: false, calls: [{to: pay, through: [rule]}]}\n",
    "c/shipcheck.yaml": "shipcheck: 1\nactions:\n  pay: {sensitivity: high}\ngates:\n  rule: {decided_by: rule}\n",
    "d/shipcheck.yaml": "shipcheck: 1\nagents:\n  idle: {entry: false, title: Idle}\n",
    "old/shipcheck.yaml": "shipcheck: 1\nagents:\n  former: {}\n",
    "code/pay.py": "pass\n",
}
TITLED, UNGATED = ("local/titled", "agent:clerk"), ("local/ungated", "agent:desk")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return create(tmp_path / "repo", FILES)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """One that no test changes, with another repository, a worktree and a submodule beside what it declares."""
    folder = tmp_path_factory.mktemp("kept")
    other = create(folder / "other", FILES)
    repository = create(folder / "repo", FILES)
    repository.git("worktree", "add", "--quiet", "../tree")
    repository.git("submodule", "--quiet", "add", str(other.top), "module")
    repository.write({".gitignore": "new/\n", "new/shipcheck.yaml": TEAM})
    (repository.top / "away").symlink_to("../other")
    (repository.top / "link").symlink_to("b")
    (repository.top / "empty").mkdir()
    return repository


def judged(repository: Repository, path: str, **request: Any) -> dict[str, Any]:
    """The report on one part of the repository."""
    report: dict[str, Any] = json.loads(
        render_json(check(CheckRequest(repository.top, DAY, only=repository.top / path, **request)))
    )
    return report


def found(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {(finding["policy"], finding["subject"]) for finding in report["findings"]}


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("a", {UNGATED}),
        ("b", {TITLED, UNGATED}),
        ("c", {UNGATED}),
        ("c/shipcheck.yaml", {UNGATED}),
        ("d", set()),
        (".", {TITLED, UNGATED}),
    ],
)
def test_inside_is_what_any_part_of_touches_it(kept: Repository, path: str, inside: set[tuple[str, str]]) -> None:
    """The agent that starts, the hop on the way, the action at the end and the gate that does not qualify lie in four files."""
    report = judged(kept, path)
    assert found(report) == inside
    assert report["exit"] == (1 if inside else 0)
    left = {"error": int(TITLED not in inside), "warning": int(UNGATED not in inside), "note": 0}
    assert report["narrowed"] == (None if path == "." else {"path": path, "outside": left, "problems": []})
    assert report["counts"]["components"] == 5


def test_a_gate_that_does_not_qualify_brings_its_file_inside(repository: Repository) -> None:
    repository.write(
        {
            "c/shipcheck.yaml": "shipcheck: 1\nactions:\n  pay: {sensitivity: high}\n",
            "e/shipcheck.yaml": "shipcheck: 1\ngates:\n  rule: {decided_by: rule}\n",
        }
    )
    assert found(judged(repository, "e")) == {UNGATED}


def test_code_that_a_component_names_brings_its_findings_inside(repository: Repository) -> None:
    named = "shipcheck: 1\nagents:\n  clerk: {entry: false, implemented_by: [{file: d/clerk.py}]}\n"
    repository.write({"b/shipcheck.yaml": named, "d/clerk.py": "pass\n"})
    assert found(judged(repository, "d")) == {TITLED}


def test_the_verdict_and_the_last_lines_say_what_was_requested(kept: Repository) -> None:
    done = run(kept.top, "check", "d", "--as-of", DAY.isoformat())
    assert done.returncode == 0
    first, *_, basis, outside, last = done.stdout.strip().splitlines()
    assert first.startswith("All clear in d. ")
    assert basis.startswith("Judged 5 components ")
    assert outside == "Outside d: 1 error and 1 warning; not counted, as only d was requested."
    assert last == "Root: the repository; settings: .shipcheck/settings.yaml; packs: local 1.0.0; ignored: 1 manifest."
    whole = run(kept.top, "check", "--as-of", DAY.isoformat())
    assert (whole.returncode, "Outside" in whole.stdout) == (1, False)


@pytest.mark.parametrize("form", FORMATS["check"])
def test_every_format_shows_only_what_is_inside(kept: Repository, form: str) -> None:
    report = check(CheckRequest(kept.top, DAY, only=kept.top / "a"))
    printed = FORMATS["check"][form].render(report)
    assert "agent:clerk has no title" not in printed
    assert "reaches" in printed
    if form not in {"azure", "gitlab"}:
        assert "Outside a: 1 error" in printed or '"error": 1' in printed


@pytest.mark.parametrize("path", ["../repo/b", "b/", "./b", "b/.", "b//", "{top}/b", "link"])
def test_a_path_may_be_written_in_any_way(kept: Repository, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(kept.top)
    root, only = place_of(Path(path.format(top=kept.top)), None)
    report = check(CheckRequest(root, DAY, only=only))
    assert report.narrowed is not None
    assert (report.narrowed.path, report.exit_code) == ("b", 1)


def test_a_path_is_relative_to_the_current_folder_and_the_root_is_not(kept: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept.top / "d")
    here = check(CheckRequest(*_at(place_of(Path(), None))))
    assert here.narrowed is not None
    assert (here.narrowed.path, here.exit_code) == ("d", 0)
    beside = check(CheckRequest(*_at(place_of(Path("../b"), None))))
    assert beside.narrowed is not None
    assert (beside.narrowed.path, beside.exit_code) == ("b", 1)
    whole = check(CheckRequest(*_at(place_of(None, None))))
    assert (whole.narrowed, whole.exit_code) == (None, 1)


def _at(place: tuple[Path | None, Path | None]) -> tuple[Any, ...]:
    root, only = place
    return (root, DAY, (), None, None, "", False, False, None, (), only)


def test_outside_of_git_the_folder_is_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "svc").mkdir()
    monkeypatch.chdir(tmp_path)
    assert place_of(Path("svc"), None) == (Path("svc"), None)
    assert place_of(Path("svc"), Path()) == (Path(), Path("svc"))
    create(tmp_path / "repo", FILES)
    assert place_of(Path("repo/a"), None) == (tmp_path / "repo", Path("repo/a"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("..", "is outside of the root"),
        ("../other/b", "is outside of the root"),
        ("../tree/b", "is outside of the root"),
        ("away", "is outside of the root"),
        ("old", "manifests.ignore leaves out what is there"),
        ("new", "there is none that belongs to this repository"),
        ("code", "there is none that belongs to this repository"),
        ("code/pay.py", "there is none that belongs to this repository"),
        (".shipcheck", "there is none that belongs to this repository"),
        ("module", "there is none that belongs to this repository"),
        ("empty", "there is none that belongs to this repository"),
    ],
)
def test_a_path_without_a_manifest_of_the_repository_is_not_clean(kept: Repository, path: str, words: str) -> None:
    """Another repository, another worktree, a link out, what is ignored, what git ignores, what has none, and a submodule."""
    with pytest.raises(CannotJudgeError, match=words) as told:
        judged(kept, path)
    assert "--root" in str(told.value)


@pytest.mark.parametrize(
    ("path", "hint"), [("nowhere", "give a folder"), ("B", "did you mean 'b'"), ("b\\shipcheck.yaml", "b/ship")]
)
def test_a_path_that_does_not_exist_is_a_wrong_command(kept: Repository, path: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        judged(kept, path)


def test_the_rules_at_the_top_hold_in_a_folder(kept: Repository) -> None:
    """A run for a folder takes settings, packs and the threshold from the top."""
    done = run(kept.top / "b", "check", ".", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["fail_on"], report["root"]["path"], report["settings"]) == (
        1,
        "warning",
        "",
        [".shipcheck/settings.yaml"],
    )
    assert [pack["name"] for pack in report["packs"]] == ["local"]


def test_with_a_base_everything_that_a_change_introduces_is_inside(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit({"d/shipcheck.yaml": "shipcheck: 1\nagents:\n  idle: {entry: false}\n"})
    report = judged(repository, "a", base="main")
    assert found(report) == {("local/titled", "agent:idle"), UNGATED}
    assert report["narrowed"]["outside"]["error"] == 1
    assert report["exit"] == 1


BROKEN = "shipcheck: 1\nagents:\n  - desk\n"


@pytest.mark.parametrize("name", ["text", "concise", "markdown", "junit"])
def test_a_run_that_ends_with_a_problem_says_nothing_of_the_rest(repository: Repository, name: str) -> None:
    """Nothing is judged, so that "no finding" would be a pass that nobody has found."""
    repository.write({"e/shipcheck.yaml": BROKEN})
    done = run(repository.top, "check", "d", "--as-of", DAY.isoformat(), "--format", name)
    assert (done.returncode, "Outside d" in done.stdout) == (3, False)


def _with_old_problem(repository: Repository, files: dict[str, str]) -> None:
    repository.commit(files)
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit({"d/shipcheck.yaml": "shipcheck: 1\nagents:\n  idle: {entry: false, title: Idler}\n"})


@pytest.mark.parametrize("broken", [{"e/shipcheck.yaml": BROKEN}, {"e/shipcheck.yml": TEAM}, {"e/.shipcheck.yaml": TEAM}])
def test_an_old_problem_elsewhere_is_listed_and_does_not_end_the_run(repository: Repository, broken: dict[str, str]) -> None:
    _with_old_problem(repository, broken)
    (name,) = broken
    report = judged(repository, "d", base="main")
    assert [problem["location"]["path"] for problem in report["narrowed"]["problems"]] == [name]
    assert (report["verdict"], report["problems"], found(report)) == ("pass", [], set())
    shown = concise(check(CheckRequest(repository.top, DAY, base="main", only=repository.top / "d")))
    assert f"Outside d: problem at {name}" in shown
    for path in (".", "e"):
        assert judged(repository, path, base="main")["verdict"] == "incomplete"
    assert judged(repository, "d")["verdict"] == "incomplete"


def test_an_old_name_elsewhere_that_leads_nowhere_is_listed_too(repository: Repository) -> None:
    """And everything else that its component says still counts."""
    lost = "shipcheck: 1\nagents:\n  other: {title: Other, owner: nobody, calls: [lost, {to: pay, through: [rule, gone]}]}\n"
    _with_old_problem(repository, {"e/shipcheck.yaml": lost})
    report = judged(repository, "c", base="main")
    assert len(report["narrowed"]["problems"]) == 3
    assert ("local/ungated", "agent:other") in found(report)
    repository.commit({"c/shipcheck.yaml": FILES["c/shipcheck.yaml"].replace("rule", "rules")})
    assert judged(repository, "d", base="main")["verdict"] == "incomplete"


@pytest.mark.parametrize(
    "changed",
    [
        {"e/shipcheck.yaml": BROKEN + "  - clerk\n"},
        {"f/shipcheck.yaml": BROKEN},
        {"d/shipcheck.yaml": BROKEN},
        {"d/shipcheck.yaml": "shipcheck: 1\nagents:\n  idle: {entry: false, title: Idle, calls: [lost]}\n"},
        {"a/shipcheck.yaml": "shipcheck: 1\nagents:\n  desk: {title: Desk, calls: [lost]}\n"},
        {".shipcheck/settings.yaml": "shipcheck: 2\n"},
    ],
)
def test_a_problem_that_is_new_or_inside_or_named_ends_the_run(repository: Repository, changed: dict[str, str]) -> None:
    _with_old_problem(repository, {"e/shipcheck.yaml": BROKEN})
    repository.commit(changed)
    assert judged(repository, "d", base="main")["verdict"] == "incomplete"


def test_a_pattern_that_matches_no_file_is_a_warning(repository: Repository) -> None:
    """A clean checkout has no environment to ignore."""
    repository.write({SETTINGS_FILE: SETTINGS.replace("[old/]", "[old/, .venv/]")})
    report = judged(repository, "d")
    (warning,) = report["warnings"]
    assert (warning["message"], warning["location"]["path"]) == (
        "pattern '.venv/' matches no file; fix or delete it",
        SETTINGS_FILE,
    )
    assert report["exit"] == 0
    shown = concise(check(CheckRequest(repository.top, DAY, only=repository.top / "d")))
    assert "Warning: .shipcheck/settings.yaml:4:28: pattern '.venv/' matches no file" in shown


def test_what_only_the_head_has_it_can_ignore_at_once(repository: Repository) -> None:
    """And the report says so; a pattern that matches anything of the base waits for the merge."""
    repository.git("switch", "--quiet", "--create", "change")
    new = {"d2/shipcheck.yaml": "shipcheck: 1\nagents:\n  fresh: {}\n"}
    repository.commit({**new, SETTINGS_FILE: SETTINGS.replace("[old/]", "[old/, d2/]")})
    report = judged(repository, ".", base="main")
    assert found(report) == {TITLED, UNGATED}
    assert "manifests.ignore" in {change["field"] for change in report["changes"]}
    repository.commit({SETTINGS_FILE: SETTINGS.replace("[old/]", "[old/, d*/]")})
    assert ("local/titled", "agent:fresh") in found(judged(repository, ".", base="main"))
