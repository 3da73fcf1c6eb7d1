"""What a CI server says of the run: the change that is judged and its target, or the branch that it is a run of."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from shipcheck.errors import CannotJudgeError

Environment: TypeAlias = Mapping[str, str]
_LARGEST_PAYLOAD = 64 * 1024 * 1024
_HEADS = "refs/heads/"
_REMOTE = "refs/remotes/origin/"
# Runs of a branch as it is. Other events, such as a comment on a pull request, run on the default branch too.
_GITHUB_BRANCH_EVENTS = frozenset({"push", "schedule", "workflow_dispatch"})
_GITLAB_CHANGE_SOURCES = frozenset({"merge_request_event", "external_pull_request_event"})
_AZURE_BRANCH_REASONS = frozenset({"IndividualCI", "BatchedCI", "Schedule", "Manual"})


class Change(NamedTuple):
    """A run for a pull request or a merge queue: the revision and the branch of its target, and commits that are its own.

    `default` is the name of the default branch, empty where the server does not say it.
    """

    target: str
    branch: str
    own: frozenset[str] = frozenset()
    default: str = ""


class BranchRun(NamedTuple):
    """A run of a branch; `default` is the name of the default branch, empty where the server does not say it."""

    branch: str
    default: str = ""


Run: TypeAlias = Change | BranchRun | None


class Server(NamedTuple):
    """A CI server: the variable by which it is recognized, what says the run, and what is missing where nothing does."""

    name: str
    mark: str
    run: Callable[[Environment], Run]
    missing: str


def remote_branch(name: str) -> str:
    """The full name of a branch in a clone."""
    return f"{_REMOTE}{name.removeprefix(_HEADS)}"


def _github(variables: Environment) -> Run:
    event = variables.get("GITHUB_EVENT_NAME", "")
    payload = _payload(variables)
    default = _text(payload, "repository", "default_branch")
    if event == "merge_group":
        base = _text(payload, "merge_group", "base_sha")
        branch = _text(payload, "merge_group", "base_ref").removeprefix(_HEADS)
        return Change(base, branch, _commits(_text(payload, "merge_group", "head_sha")), default) if base else None
    if target := variables.get("GITHUB_BASE_REF"):
        return Change(remote_branch(target), target, _commits(_text(payload, "pull_request", "head", "sha")), default)
    reference = variables.get("GITHUB_REF", "")
    if event in _GITHUB_BRANCH_EVENTS and reference.startswith(_HEADS):
        return BranchRun(reference.removeprefix(_HEADS), default)
    return None


def _gitlab(variables: Environment) -> Run:
    for kind in ("CI_MERGE_REQUEST", "CI_EXTERNAL_PULL_REQUEST"):
        commit, name = (variables.get(f"{kind}_TARGET_BRANCH_{part}") for part in ("SHA", "NAME"))
        if commit or name:
            own = (variables.get(f"{kind}_SOURCE_BRANCH_SHA", ""), variables.get("CI_COMMIT_SHA", ""))
            default = variables.get("CI_DEFAULT_BRANCH", "")
            return Change(commit or remote_branch(name or ""), name or "", _commits(*own), default)
    branch = variables.get("CI_COMMIT_BRANCH")
    if not branch or variables.get("CI_PIPELINE_SOURCE") in _GITLAB_CHANGE_SOURCES:
        return None
    return BranchRun(branch, variables.get("CI_DEFAULT_BRANCH", ""))


def _azure(variables: Environment) -> Run:
    if target := variables.get("SYSTEM_PULLREQUEST_TARGETBRANCH"):
        own = _commits(variables.get("SYSTEM_PULLREQUEST_SOURCECOMMITID", ""))
        return Change(remote_branch(target), target.removeprefix(_HEADS), own)
    reference = variables.get("BUILD_SOURCEBRANCH", "")
    if variables.get("BUILD_REASON") in _AZURE_BRANCH_REASONS and reference.startswith(_HEADS):
        return BranchRun(reference.removeprefix(_HEADS))
    return None


def _bitbucket(variables: Environment) -> Run:
    if target := variables.get("BITBUCKET_PR_DESTINATION_BRANCH"):
        return Change(remote_branch(target), target, _commits(variables.get("BITBUCKET_COMMIT", "")))
    branch = variables.get("BITBUCKET_BRANCH")
    return BranchRun(branch) if branch else None


def _jenkins(variables: Environment) -> Run:
    if target := variables.get("CHANGE_TARGET"):
        return Change(remote_branch(target), target, _commits(variables.get("GIT_COMMIT", "")))
    branch = variables.get("BRANCH_NAME", "")
    if not branch or variables.get("CHANGE_ID") or variables.get("TAG_NAME"):
        return None
    return BranchRun(branch, branch if variables.get("BRANCH_IS_PRIMARY") == "true" else "")


SERVERS = (
    Server(
        "GitHub Actions",
        "GITHUB_ACTIONS",
        _github,
        "no GITHUB_BASE_REF, no merge_group in the event, no push to a branch",
    ),
    Server(
        "GitLab CI",
        "GITLAB_CI",
        _gitlab,
        "no CI_MERGE_REQUEST_TARGET_BRANCH_SHA, no CI_MERGE_REQUEST_TARGET_BRANCH_NAME, no CI_COMMIT_BRANCH",
    ),
    Server("Azure Pipelines", "TF_BUILD", _azure, "no SYSTEM_PULLREQUEST_TARGETBRANCH, no BUILD_SOURCEBRANCH of a push"),
    Server(
        "Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", _bitbucket, "no BITBUCKET_PR_DESTINATION_BRANCH, no BITBUCKET_BRANCH"
    ),
    Server("Jenkins", "JENKINS_URL", _jenkins, "no CHANGE_TARGET, no BRANCH_NAME"),
)


def _payload(variables: Environment) -> Any:
    """The event that GitHub Actions has written down, None where it has not."""
    path = variables.get("GITHUB_EVENT_PATH")
    if not path:
        return None
    try:
        with Path(path).open("rb") as stream:
            return json.loads(stream.read(_LARGEST_PAYLOAD))
    except (OSError, ValueError, RecursionError) as error:
        raise CannotJudgeError(f"GITHUB_EVENT_PATH: {path} cannot be read as the event of this run: {error}") from error


def _text(value: Any, *keys: str) -> str:
    """The text below these keys; empty if there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _commits(*names: str) -> frozenset[str]:
    return frozenset(name for name in names if name)
