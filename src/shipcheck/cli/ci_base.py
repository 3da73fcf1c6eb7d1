"""The base of a pull request, from the variables of the CI server that runs the check."""

from collections.abc import Mapping
from typing import NamedTuple

from shipcheck.english import listed
from shipcheck.errors import CannotJudgeError

AUTO = "auto"


class Server(NamedTuple):
    """A CI server: the variable by which it is recognized, and those that name the base, the most exact first.

    Each variable comes with what precedes the name of a branch in a clone.
    """

    name: str
    mark: str
    variables: tuple[tuple[str, str], ...]


_BRANCH = "refs/remotes/origin/"
SERVERS = (
    Server("GitHub Actions", "GITHUB_ACTIONS", (("GITHUB_BASE_REF", _BRANCH),)),
    Server(
        "GitLab CI",
        "GITLAB_CI",
        (("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", _BRANCH)),
    ),
    Server("Azure Pipelines", "TF_BUILD", (("SYSTEM_PULLREQUEST_TARGETBRANCH", _BRANCH),)),
    Server("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", (("BITBUCKET_PR_DESTINATION_BRANCH", _BRANCH),)),
    Server("Jenkins", "JENKINS_URL", (("CHANGE_TARGET", _BRANCH),)),
)


def base_of(name: str | None, environment: Mapping[str, str]) -> str:
    """The revision that `--base` means; empty where there is none.

    Raises:
        CannotJudgeError: it is `auto`, and nothing here says what the base is.
    """
    if name != AUTO:
        return name or ""
    server = next((server for server in SERVERS if environment.get(server.mark)), None)
    if server is None:
        names = listed([server.name for server in SERVERS])
        raise CannotJudgeError(f"--base auto needs {names}; elsewhere, name the branch, for example --base origin/main")
    for variable, prefix in server.variables:
        value = environment.get(variable, "").removeprefix("refs/heads/")
        if value:
            return f"{prefix}{value}"
    variables = listed([variable for variable, _ in server.variables], "and")
    verb = "is" if len(server.variables) == 1 else "are"
    raise CannotJudgeError(
        f"--base auto: {variables} {verb} not set, so this run of {server.name} is not for a pull request; omit --base, or name "
        "the branch, for example --base origin/main"
    )
