"""The manifest of the hooks says what the catalogue says, and this repository uses what it offers."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.support.hook_clients import CLIENTS, Client
from tests.support.repository import Repository

from shipcheck.model.document import Document, File
from shipcheck.model.scalars import plain
from shipcheck.read.parse import parse

ROOT = Path(__file__).resolve().parents[2]


def read(name: str) -> Any:
    document = parse(File("tests", name, (ROOT / name).read_bytes()))
    assert isinstance(document, Document), document
    return plain(document.root)


def own_hooks() -> dict[str, Any]:
    return {hook["id"]: hook for repository in read(".pre-commit-config.yaml")["repos"] for hook in repository["hooks"]}


def test_the_manifest_says_what_the_catalogue_says() -> None:
    catalogue = read("hooks/catalogue.yaml")
    expected = [
        {"id": f"{name}{ending}", **hook, "language": language, **catalogue["common"]}
        for name, hook in catalogue["hooks"].items()
        for ending, language in (("", "python"), ("-system", "system"))
    ]
    assert read(".pre-commit-hooks.yaml") == expected


def test_every_hook_judges_the_whole_whatever_is_committed() -> None:
    for hook in read(".pre-commit-hooks.yaml"):
        assert (hook["always_run"], hook["pass_filenames"], hook["require_serial"]) == (True, False, True)
        assert not hook.keys() & {"files", "exclude", "types", "types_or", "exclude_types"}


@pytest.mark.parametrize("client", CLIENTS)
def test_the_clients_take_the_manifest(client: str) -> None:
    command = [str(Path(sys.executable).parent / client), "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout


def test_this_repository_uses_the_hook_that_it_offers() -> None:
    offered = next(hook for hook in read(".pre-commit-hooks.yaml") if hook["id"] == "shipcheck")
    own = own_hooks()["shipcheck"]
    assert own["entry"] == offered["entry"].replace("shipcheck", "python tools/checkout.py", 1)
    assert {key: own[key] for key in ("stages", "always_run", "pass_filenames", "require_serial")}.items() <= offered.items()
    with (ROOT / "pyproject.toml").open("rb") as stream:
        assert own["additional_dependencies"] == tomllib.load(stream)["project"]["dependencies"]


def test_the_linter_of_the_hooks_is_that_of_development() -> None:
    pinned = re.search(r"^ruff==\S+", (ROOT / "requirements-dev.txt").read_text("utf-8"), re.MULTILINE)
    assert pinned
    assert [own_hooks()[name]["additional_dependencies"] for name in ("ruff-check", "ruff-format")] == [[pinned[0]]] * 2


@pytest.mark.needs("git")
def test_the_hooks_of_this_repository_run(tmp_path: Path) -> None:
    """From a copy of what is tracked or will be, in environments that nothing of this one is part of."""
    tracked = Repository(ROOT).git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, tracked):
        if (ROOT / name).is_file():
            (tmp_path / "top" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "top" / name)
    copy = Repository(tmp_path / "top")
    copy.git("init", "--quiet")
    copy.git("add", "--all")
    done = Client("prek", tmp_path / "home").run(copy.top, "run", "--all-files", "--verbose")
    assert done.returncode == 0, done.stdout
    assert "Nothing to declare" in done.stdout
