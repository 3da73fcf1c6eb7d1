"""What the tests of the hooks share: for each client one environment of the hook, and a repository in which it is installed."""

import shutil
from pathlib import Path

import pytest
from tests.hooks.world import FILES
from tests.support.hook_clients import CLIENTS, Client, adopt, config, publish
from tests.support.repository import Repository


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository that offers the hooks as they are in this checkout, and its commit."""
    folder = tmp_path_factory.mktemp("published") / "shipcheck"
    folder.mkdir()
    return folder, publish(folder)


@pytest.fixture(scope="session", params=CLIENTS)
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Each client in its turn."""
    return Client(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def adopted(client: Client, published: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean repository with the hook, whose environment is built; to be copied, never changed."""
    files = {**FILES, ".pre-commit-config.yaml": config(*published)}
    return adopt(client, tmp_path_factory.mktemp("adopted") / "top", files).top


@pytest.fixture
def repository(adopted: Path, tmp_path: Path) -> Repository:
    """A copy of the clean repository with the hook."""
    shutil.copytree(adopted, tmp_path / "top", symlinks=True)
    return Repository(tmp_path / "top")
