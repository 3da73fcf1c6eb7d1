import subprocess
from pathlib import Path

from shipcheck.packs.digest import tree_digest

FILES = {"policies/a.yaml": b"one", "pack.yaml": b"two", "Z.md": b"three"}


def test_the_digest_is_that_of_the_sorted_lines() -> None:
    assert tree_digest({"a": b""}) == "h1:fba1930570cf2d33a2a05ff43a4fea532382611f43876988fc9c31fd9ce102d1"


def test_the_order_in_which_files_come_changes_nothing() -> None:
    assert tree_digest(FILES) == tree_digest(dict(reversed(FILES.items())))


def test_the_shell_computes_the_same(tmp_path: Path) -> None:
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    line = "find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum"
    printed = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert tree_digest(FILES) == f"h1:{printed.split()[0]}"


def test_a_name_is_part_of_the_digest() -> None:
    assert tree_digest({"a": b"x", "b": b"y"}) != tree_digest({"a": b"y", "b": b"x"})
