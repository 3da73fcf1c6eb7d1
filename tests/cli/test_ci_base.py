"""The base that `--base auto` finds: in every server and kind of run, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.repository import Repository, create
from tests.support.running import run

from shipcheck.cli.ci_base import BaseOption, base_of
from shipcheck.errors import CannotJudgeError

pytestmark = pytest.mark.needs("git")

CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
FINDING = f"{CLEAN}agents:\n  helper: {{}}\n"
NOBODY = dict.fromkeys(("GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "BITBUCKET_BUILD_NUMBER", "JENKINS_URL"), "")
MAIN = "refs/remotes/origin/main"
GITHUB = {"GITHUB_ACTIONS": "true"}
GITLAB = {"GITLAB_CI": "true"}
AZURE = {"TF_BUILD": "True"}
BITBUCKET = {"BITBUCKET_BUILD_NUMBER": "7"}
JENKINS = {"JENKINS_URL": "https://ci.example/"}
CHANGES = [
    (GITHUB | {"GITHUB_BASE_REF": "main", "GITHUB_EVENT_NAME": "pull_request"}, MAIN),
    (GITLAB | {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_PIPELINE_SOURCE": "merge_request_event"}, MAIN),
    (GITLAB | {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "a" * 40}, "a" * 40),
    (GITLAB | {"CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME": "main"}, MAIN),
    (AZURE | {"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main", "BUILD_REASON": "PullRequest"}, MAIN),
    (BITBUCKET | {"BITBUCKET_PR_DESTINATION_BRANCH": "main", "BITBUCKET_BRANCH": "topic"}, MAIN),
    (JENKINS | {"CHANGE_TARGET": "main", "BRANCH_NAME": "PR-1", "CHANGE_ID": "1"}, MAIN),
]
BRANCHES = [
    GITLAB | {"CI_PIPELINE_SOURCE": "push", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_BRANCH": "{}"},
    AZURE | {"BUILD_REASON": "IndividualCI", "BUILD_SOURCEBRANCH": "refs/heads/{}"},
    BITBUCKET | {"BITBUCKET_BRANCH": "{}"},
    JENKINS | {"BRANCH_NAME": "{}"},
]
NEITHER = [
    GITHUB,
    GITHUB | {"GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/tags/v1"},
    GITHUB | {"GITHUB_EVENT_NAME": "merge_group", "GITHUB_REF": "refs/heads/gh-readonly-queue/main/pr-1"},
    GITHUB | {"GITHUB_EVENT_NAME": "issue_comment", "GITHUB_REF": "refs/heads/main"},
    GITLAB | {"CI_COMMIT_TAG": "v1"},
    GITLAB | {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_BRANCH": "main"},
    AZURE | {"BUILD_REASON": "PullRequest", "BUILD_SOURCEBRANCH": "refs/heads/main"},
    AZURE | {"BUILD_REASON": "IndividualCI", "BUILD_SOURCEBRANCH": "refs/tags/v1"},
    BITBUCKET,
    JENKINS,
    JENKINS | {"BRANCH_NAME": "v1", "TAG_NAME": "v1"},
    JENKINS | {"BRANCH_NAME": "PR-1", "CHANGE_ID": "1"},
]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A clone as a server makes it, with a commit of a pull request on the branch topic."""
    folder = tmp_path_factory.mktemp("ci")
    create(folder / "upstream", {"shipcheck.yaml": CLEAN})
    made = create(folder / "clone", {})
    made.git("remote", "add", "origin", str(folder / "upstream"))
    made.git("fetch", "--quiet", "origin")
    made.git("checkout", "--quiet", "-b", "topic", "origin/main")
    made.git("branch", "--quiet", "--delete", "--force", "main")
    made.git("remote", "set-head", "origin", "main")
    made.commit({"shipcheck.yaml": FINDING})
    return made


def event(folder: Path, name: str, **payload: Any) -> dict[str, str]:
    """The variables of a run of GitHub Actions for an event."""
    (folder / "event.json").write_text(json.dumps(payload))
    return GITHUB | {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(folder / "event.json")}


@pytest.mark.parametrize(("variables", "base"), CHANGES)
def test_the_base_of_a_change_is_its_target(variables: dict[str, str], base: str, clone: Repository) -> None:
    found = base_of("auto", variables, clone.top)
    assert (found.revision, found.whole, found.own is None) == (base, "", False)


def test_the_base_of_a_merge_queue_is_the_commit_of_the_event(tmp_path: Path) -> None:
    queue = {"base_sha": "b" * 40, "head_sha": "c" * 40, "base_ref": "refs/heads/trunk"}
    variables = event(tmp_path, "merge_group", merge_group=queue, repository={"default_branch": "trunk"})
    assert base_of("auto", variables, tmp_path) == BaseOption("b" * 40, own=frozenset({"c" * 40}))


@pytest.mark.parametrize("name", ["push", "schedule", "workflow_dispatch"])
def test_a_run_of_a_branch_has_the_default_branch_for_a_base_and_that_has_none(name: str, tmp_path: Path) -> None:
    variables = event(tmp_path, name, repository={"default_branch": "trunk"})
    assert base_of("auto", variables | {"GITHUB_REF": "refs/heads/a/b"}, tmp_path) == BaseOption("refs/remotes/origin/trunk")
    assert base_of("auto", variables | {"GITHUB_REF": "refs/heads/trunk"}, tmp_path) == BaseOption(whole="trunk")


@pytest.mark.parametrize("variables", BRANCHES, ids=lambda variables: next(iter(variables)))
def test_a_run_of_a_branch_in_other_servers(variables: dict[str, str], clone: Repository) -> None:
    """Where the server does not say which branch is the default one, the clone does."""
    of_topic, of_main = ({key: value.format(name) for key, value in variables.items()} for name in ("topic", "main"))
    assert base_of("auto", of_topic, clone.top) == BaseOption(MAIN)
    assert base_of("auto", of_main, clone.top) == BaseOption(whole="main")


@pytest.fixture(scope="module")
def branches(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A clone with a default branch whose settings name branches, and branches that name themselves."""
    folder = tmp_path_factory.mktemp("branches")
    settings = ".shipcheck/settings.yaml"
    upstream = create(folder / "upstream", {"shipcheck.yaml": CLEAN, settings: "shipcheck: 1\nbranches: [release/*]\n"})
    for name in ("weak", "release/1", "release/a/x", "main2"):
        upstream.git("switch", "--quiet", "--create", name, "main")
        upstream.commit({settings: "shipcheck: 1\nbranches: [weak, '**']\n"})
    upstream.git("switch", "--quiet", "main")
    upstream.git("clone", "--quiet", str(upstream.top), str(folder / "clone"))
    return Repository(folder / "clone")


@pytest.mark.parametrize(
    ("target", "base"),
    [
        ("main", "main"),
        ("release/1", "release/1"),
        ("weak", "main"),
        ("release/a/x", "main"),
        ("main2", "main"),
        ("gone", "main"),
    ],
)
@pytest.mark.parametrize(("variables", "name"), [(CHANGES[0][0], "GITHUB_BASE_REF"), (CHANGES[6][0], "CHANGE_TARGET")])
def test_a_target_decides_only_if_the_default_branch_says_so(
    variables: dict[str, str], name: str, target: str, base: str, branches: Repository
) -> None:
    """A pull request that was opened against a weak branch, or is retargeted to one, is judged by the default branch."""
    found = base_of("auto", variables | {name: target}, branches.top)
    assert (found.revision, found.own is None) == (f"refs/remotes/origin/{base}", False)


def test_a_merge_queue_of_another_branch_is_judged_by_the_default_branch(tmp_path: Path, branches: Repository) -> None:
    for target, base in (("weak", MAIN), ("release/1", "b" * 40)):
        queue = {"base_sha": "b" * 40, "base_ref": f"refs/heads/{target}"}
        variables = event(tmp_path, "merge_group", merge_group=queue, repository={"default_branch": "main"})
        assert base_of("auto", variables, branches.top).revision == base


def test_settings_of_the_default_branch_that_cannot_be_read_name_no_branch(tmp_path: Path) -> None:
    broken = create(tmp_path / "r", {".shipcheck/settings.yaml": "shipcheck: 1\nbranches: weak\n"})
    broken.git("update-ref", MAIN, "HEAD")
    broken.git("symbolic-ref", "refs/remotes/origin/HEAD", MAIN)
    with pytest.raises(CannotJudgeError, match="does not say which branches decide"):
        base_of("auto", CHANGES[0][0] | {"GITHUB_BASE_REF": "weak"}, broken.top)
    with pytest.raises(CannotJudgeError, match="not found in this clone"):
        base_of("auto", GITLAB | {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "weak", "CI_DEFAULT_BRANCH": "trunk"}, broken.top)


def test_a_default_branch_that_nobody_says_is_no_guess(tmp_path: Path) -> None:
    bare = create(tmp_path / "r", {})
    for variables, _ in CHANGES:
        with pytest.raises(CannotJudgeError, match="does not say which branch is the default one; name the base"):
            base_of("auto", variables, bare.top)
    primary = JENKINS | {"BRANCH_NAME": "main", "BRANCH_IS_PRIMARY": "true"}
    assert base_of("auto", primary, bare.top) == BaseOption(whole="main")
    with pytest.raises(CannotJudgeError, match="Jenkins does not say which branch is the default one; name the base"):
        base_of("auto", primary | {"BRANCH_IS_PRIMARY": ""}, bare.top)


@pytest.mark.parametrize("variables", NEITHER)
def test_any_other_run_is_refused_with_what_to_do(variables: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match=r"neither for a pull request nor of a branch.*; name the base.*, or omit --base"):
        base_of("auto", variables, tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, None])
def test_an_event_that_cannot_be_read_is_no_event(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "event.json").write_text(text)
    variables = GITHUB | {"GITHUB_EVENT_NAME": "merge_group", "GITHUB_EVENT_PATH": str(tmp_path / "event.json")}
    with pytest.raises(CannotJudgeError, match="GITHUB_EVENT_PATH"):
        base_of("auto", variables, tmp_path)


def test_without_a_server_there_is_no_such_base(tmp_path: Path) -> None:
    message = "--base auto needs GitHub Actions, GitLab CI, Azure Pipelines, Bitbucket Pipelines or Jenkins"
    with pytest.raises(CannotJudgeError, match=message):
        base_of("auto", NOBODY, tmp_path)


def test_a_pull_request_is_compared_with_its_target(clone: Repository) -> None:
    done = run(clone.top, "check", "--base", "auto", **NOBODY | CHANGES[0][0])
    assert f"Compared with {MAIN} ({clone.git('rev-parse', MAIN)[:12]}). " in done.stdout
    assert done.returncode == 1


def test_the_default_branch_is_judged_as_a_whole_and_the_report_says_so(clone: Repository) -> None:
    variables = NOBODY | {key: value.format("main") for key, value in BRANCHES[0].items()}
    done = run(clone.top, "check", "--base", "auto", "--format", "text", **variables)
    assert "Judged as a whole: this is a run of the default branch main, so there is no base.\n" in done.stdout
    assert done.returncode == 1
    report = json.loads(run(clone.top, "check", "--base", "auto", "--format", "json", **variables).stdout)
    assert (report["base"], report["judged_whole"]) == (None, "main")


@pytest.mark.parametrize("base", ["HEAD", "topic", "{head}", "HEAD~0"])
def test_a_pull_request_is_not_its_own_base(base: str, clone: Repository) -> None:
    head = clone.git("rev-parse", "HEAD")
    asked = ("check", "--base", base.format(head=head))
    done = run(clone.top, *asked, **NOBODY | CHANGES[0][0])
    assert (done.returncode, "is the head of this pull request" in done.stderr) == (3, True), done.stderr
    assert run(clone.top, *asked, **NOBODY).returncode == 1


def test_the_head_that_was_merged_for_the_run_is_no_base_either(clone: Repository, tmp_path: Path) -> None:
    """GitHub checks out a merge commit, of which the head of the pull request is a parent."""
    head = clone.git("rev-parse", "HEAD~1")
    variables = event(tmp_path, "pull_request", pull_request={"head": {"sha": head}}) | {"GITHUB_BASE_REF": "main"}
    done = run(clone.top, "check", "--base", head, **NOBODY | variables)
    assert (done.returncode, "is the head of this pull request" in done.stderr) == (3, True), done.stderr


def test_a_server_decides_nothing_unless_it_is_asked(clone: Repository) -> None:
    every = {name: value for variables, _ in CHANGES for name, value in variables.items()}
    asked = ("check", "--format", "json")
    done = run(clone.top, *asked, **every)
    plain = run(clone.top, *asked, **NOBODY)
    assert done.stdout.startswith(plain.stdout)  # annotations follow the report in GitHub Actions
    assert done.returncode == plain.returncode == 1
    assert '"base": null' in plain.stdout
