"""The code beside the worlds of a pack's tests."""

from pathlib import Path

from shipcheck.packs.code import MAX_BYTES, WorldFiles


def test_only_regular_files_below_the_folder_count(tmp_path: Path) -> None:
    world = tmp_path / "world"
    (world / "src").mkdir(parents=True)
    (world / "src/a.py").write_bytes(b"x = 1\n")
    (world / "src/most.py").write_bytes(b"#" * MAX_BYTES)
    (world / "src/more.py").write_bytes(b"#" * (MAX_BYTES + 1))
    (tmp_path / "outside.py").write_bytes(b"")
    (world / "link.py").symlink_to("src/a.py")
    (world / "linked").symlink_to("src", target_is_directory=True)
    files = WorldFiles(world)
    assert (files.lists("src/a.py"), files.holds("src/a.py"), files.read("src/a.py")) == (True, True, b"x = 1\n")
    assert len(files.read("src/most.py") or b"") == MAX_BYTES
    assert (files.holds("src/more.py"), files.read("src/more.py")) == (True, None)
    for path in ("", ".", "..", "../outside.py", "src", "src/", "./src/a.py", "src//a.py", "/src/a.py", "src/A.py", "src/a.py/x"):
        assert (files.holds(path), files.read(path)) == (False, None)
    for path in ("link.py", "linked/a.py", str(world / "src/a.py")):
        assert (files.lists(path), files.holds(path), files.read(path)) == (False, False, None)
    assert [files.has_folder(name) for name in ("src", "linked", "src/a.py", "lib")] == [True, False, False, False]


def test_without_a_folder_nothing_can_be_told() -> None:
    files = WorldFiles(None)
    assert (files.lists("a.py"), files.holds("a.py"), files.read("a.py"), files.has_folder("src")) == (False, None, None, False)
