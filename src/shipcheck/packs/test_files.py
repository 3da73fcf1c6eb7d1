"""The files of a pack's tests, and the examples among them."""

from pathlib import Path

from shipcheck.errors import CannotJudgeError
from shipcheck.model.document import File
from shipcheck.presence import is_file, is_folder

TESTS = "tests"
MOST_FILES = 5_000
MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 8
# The lines of a fixture that only policy tests read.
_COMMENTS = ("# shipcheck-test:", "# expect:", "# ok:", "# todo:", "# yaml-language-server:")


def policy_test_files(folder: Path, name: str, prefix: str) -> tuple[File, ...]:
    """Every file below the pack's `tests/`, by path: the tests, and the code that fixtures refer to.

    Raises:
        CannotJudgeError: there are more than the limits allow, or they are nested too deep.
    """
    files: list[File] = []
    tests = folder / TESTS
    if is_folder(tests):
        _gather(tests, name, f"{prefix}/{TESTS}" if prefix else TESTS, files, DEEPEST)
    return tuple(files)


def _gather(folder: Path, name: str, path: str, files: list[File], levels: int) -> None:
    if not levels:
        raise CannotJudgeError(f"{path} is nested deeper than {DEEPEST} folders; move the tests up")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        inner = f"{path}/{entry.name}"
        if is_folder(entry):
            _gather(entry, name, inner, files, levels - 1)
        elif is_file(entry):
            files.append(File(name, inner, entry.read_bytes()))
            if len(files) > MOST_FILES or len(files[-1].content) > MOST_BYTES:
                raise CannotJudgeError(
                    f"the tests of pack {name} have more than {MOST_FILES:,} files, or one of more than {MOST_BYTES:,} bytes; "
                    "split them"
                )


def example(pack: Path, policy: str, outcome: str) -> str:
    """The fixture of a policy that fails or passes, as an example: without the comments that tests read.

    `outcome` is `fails` or `passes`. Empty where the pack has no such fixture.
    """
    file = pack / "tests" / policy / outcome / "shipcheck.yaml"
    if not is_file(file):
        return ""
    lines = file.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(_COMMENTS))
