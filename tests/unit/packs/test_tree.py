"""What files a pack may hold, and that the lock says what was written into it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipcheck import assets
from shipcheck.model.document import Document, File
from shipcheck.model.lock import Lock, LockedPack
from shipcheck.packs.store import lock_text
from shipcheck.packs.tree_limits import DEEPEST, LARGEST, LONGEST_PATH, MOST_BYTES, MOST_FILES, path_problem, tree_problems
from shipcheck.read.parse import parse
from shipcheck.settings.read_lock import read_lock

SCHEMA = json.loads((assets.schemas() / "lock.schema.json").read_bytes())
NAME = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}/[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
VERSION = st.tuples(*[st.integers(0, 999_999)] * 3).map(lambda parts: ".".join(map(str, parts)))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40)
PACK = st.builds(LockedPack, NAME, VERSION, TEXT, TEXT, st.from_regex(r"h1:[0-9a-f]{64}", fullmatch=True), st.just("") | TEXT)


@pytest.mark.parametrize(
    "path", ["pack.yaml", "policies/a-b.yaml", "templates/use-case/manifest.yaml", "tests/a/_b.yaml", "LICENSE"]
)
def test_plain_paths_are_fine(path: str) -> None:
    assert path_problem(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../pack.yaml",
        "a/../../pack.yaml",
        "a//b",
        "./a",
        "a/",
        ".git/config",
        "docs/.gitattributes",
        "a b",
        "a\\b",
        "C:x",
        "a\n",
        "caf\u00e9.md",
        "CON",
        "nul.yaml",
        "docs/aux.md",
        "ends.",
        "-rf",
        "x" * (LONGEST_PATH + 1),
        "/".join("a" * (DEEPEST + 1)),
    ],
)
def test_paths_that_mean_something_else_elsewhere_are_not(path: str) -> None:
    assert path_problem(path)
    assert [fault.path for fault in tree_problems({path: 1})] == [path]


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (("a.md", "A.md"), "differs from A.md only in case"),
        (("Docs/a.md", "docs/b.md"), "differs from Docs only in case"),
        (("a", "a/b"), "makes a both a file and a folder"),
        (("A", "a/b"), "differs from A only in case"),
    ],
)
def test_paths_that_are_one_somewhere_are_not(paths: tuple[str, str], reason: str) -> None:
    assert [fault.reason for fault in tree_problems(dict.fromkeys(paths, 1))] == [reason]


def test_limits_hold_to_the_last_byte_and_file() -> None:
    many = {f"f{number}": 1 for number in range(MOST_FILES)}
    large = {f"f{number}": LARGEST for number in range(MOST_BYTES // LARGEST)}
    assert (tree_problems(many), tree_problems(large)) == ((), ())
    assert len(tree_problems({**many, "more": 1})) == 1
    assert len(tree_problems({**large, "more": 1})) == 1
    assert len(tree_problems({"a": LARGEST + 1})) == 1


@given(st.lists(PACK, max_size=5, unique_by=lambda pack: pack.name))
def test_the_lock_is_read_as_it_was_written(packs: list[LockedPack]) -> None:
    lock = Lock("0.1.0", tuple(packs))
    document = parse(File("worktree", ".shipcheck/lock.yaml", lock_text(lock).encode("utf-8")))
    assert isinstance(document, Document)
    assert read_lock(document, SCHEMA) == Lock("0.1.0", tuple(sorted(packs, key=lambda pack: pack.name)))


def test_two_branches_that_add_packs_change_other_lines() -> None:
    one, other = (LockedPack(f"acme/{name}", "1.0.0", "s", "r", "h1:" + "0" * 64) for name in ("a", "z"))
    both = lock_text(Lock("0.1.0", (other, one))).splitlines()
    alone = lock_text(Lock("0.1.0", (one,))).splitlines()
    assert both[: len(alone)] == alone
    assert both[len(alone)] == ""
