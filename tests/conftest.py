"""What every test shares: tools beyond Python are named, and a missing one is skipped by name, or fails in CI."""

import os
import shutil
from pathlib import Path

import pytest
from tests.support.cases import load_profile
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

# Where .ci/run puts the packages of Node, and the schemas of others, that some tests need.
PLACES = tuple(Path(__file__).resolve().parents[1] / ".ci" / folder for folder in ("node_modules", "schemas"))

# A CI service changes what a check writes; a test that is about one says so itself.
VARIABLES = ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_BASE_REF", "GITLAB_CI", "CI_PROJECT_DIR", "CI_MERGE_REQUEST_IID")
EVENT = ("GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_REF", "CI_PIPELINE_SOURCE", "CI_COMMIT_BRANCH", "CI_DEFAULT_BRANCH")
for name in (*VARIABLES, *EVENT, "TF_BUILD", "SYSTEM_PULLREQUEST_TARGETBRANCH"):
    os.environ.pop(name, None)

# What one test of these files sets up is costly, so that all of a file run on one worker; so do all tests of a client of hooks.
ONE_WORKER = (
    "tests/contributing/",
    "tests/packaging/test_wheel.py",
    "tests/policies/test_deletions.py",
    "tests/oracle/test_wrong_engines.py",
)
CLIENTS = ("[pre-commit", "[prek")

# Hundreds of tests start the program anew; compiling it each time would take a third of theirs. The checkout stays as it is.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "bytecode")

# Before any property is defined.
load_profile()


class OneWorkerScheduling(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types
    """Tests that share a costly fixture go to one worker, each other one wherever there is room.

    The mark `xdist_group` is without effect in pytest 9.2, in which the id of a test can no longer be changed.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith("tests/hooks/"):
            return next((client for client in CLIENTS if client in nodeid), nodeid)
        return file if file.startswith(ONE_WORKER) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneWorkerScheduling:
    """The scheduler of a run with several workers."""
    return OneWorkerScheduling(config, log)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        tool = str(marker.args[0])
        if shutil.which(tool) is None and not any((place / tool).exists() for place in PLACES):
            if os.environ.get("CI"):
                pytest.fail(f"{tool} is missing, and CI installs every tool")
            pytest.skip(f"{tool} is missing")
