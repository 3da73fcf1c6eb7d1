"""Files that hold what is printed, to the letter, and the small pack that judges the repositories of most of them.

SHIPCHECK_REWRITE=1 writes the files anew; then read them before committing them.
"""

import os
import shutil
from pathlib import Path

PACK = Path(__file__).parent / "pack"
SETTINGS = "shipcheck: 1\npacks: [local]\n"


def compare(expected: Path, printed: str) -> None:
    """Hold what is printed against the file, or write the file anew."""
    if os.environ.get("SHIPCHECK_REWRITE"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(printed, "utf-8")
    assert printed == expected.read_text("utf-8")


def copy_of(repository: Path, folder: Path) -> Path:
    """A copy of a repository in a folder, by its own name."""
    return Path(shutil.copytree(repository, folder / repository.name))


def with_small_pack(repository: Path, folder: Path) -> Path:
    """A copy of a repository that the small pack judges, unless it has settings or policies of its own.

    With core as the judge, each policy that core gets would change every golden file.
    """
    copy = copy_of(repository, folder)
    governance = copy / ".shipcheck"
    if not governance.exists():
        shutil.copytree(PACK, governance / "local")
        (governance / "settings.yaml").write_text(SETTINGS, "utf-8")
    return copy
