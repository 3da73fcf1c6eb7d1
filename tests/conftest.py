"""What every test shares: tools beyond Python are named, and a missing one is skipped by name, or fails in CI."""

import os
import shutil

import pytest


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        tool = str(marker.args[0])
        if shutil.which(tool) is None:
            if os.environ.get("CI"):
                pytest.fail(f"{tool} is missing, and CI installs every tool")
            pytest.skip(f"{tool} is missing")
