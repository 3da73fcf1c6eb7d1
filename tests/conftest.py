"""What every test shares: tools beyond Python are named, and a missing one is skipped by name, or fails in CI."""

import os
import shutil
from pathlib import Path

import pytest
from tests.support.cases import load_profile

# Where .ci/run puts the packages of Node, and the schemas of others, that some tests need.
PLACES = tuple(Path(__file__).resolve().parents[1] / ".ci" / folder for folder in ("node_modules", "schemas"))

# A CI service changes what a check writes; a test that is about one says so itself.
VARIABLES = ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_BASE_REF", "GITLAB_CI", "CI_PROJECT_DIR", "CI_MERGE_REQUEST_IID")
EVENT = ("GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_REF", "CI_PIPELINE_SOURCE", "CI_COMMIT_BRANCH", "CI_DEFAULT_BRANCH")
for name in (*VARIABLES, *EVENT, "TF_BUILD", "SYSTEM_PULLREQUEST_TARGETBRANCH"):
    os.environ.pop(name, None)

# Before any property is defined.
load_profile()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        tool = str(marker.args[0])
        if shutil.which(tool) is None and not any((place / tool).exists() for place in PLACES):
            if os.environ.get("CI"):
                pytest.fail(f"{tool} is missing, and CI installs every tool")
            pytest.skip(f"{tool} is missing")
