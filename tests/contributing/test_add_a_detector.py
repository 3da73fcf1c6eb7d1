"""The recipe "Add a detector": one file is written by hand; a framework that was only named is then found."""

from pathlib import Path

import pytest
from tests.support.recipes import Copy, recipe
from tests.support.running import write

RECIPE = recipe("Add a detector")
DETECTOR = "detectors/smolagents.yaml"
GENERATED = {"detectors/compiled.json", "docs/reference/detectors.md"}
CODE = """\
from smolagents import CodeAgent, tool


@tool
def search(query: str) -> str:
    return query


desk = CodeAgent(tools=[search], model=None)
"""
NOT_LOADED = {
    "discover/test_built_in.py::test_everything_in_the_folder_is_a_detector_that_is_loaded",
    "discover/test_built_in.py::test_what_is_loaded_is_what_the_files_say_without_the_examples",
}
EXAMPLES = "discover/test_built_in.py::test_each_example_gives_what_it_says_and_each_decoy_nothing[smolagents]"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project."""
    return Copy(tmp_path_factory.mktemp("copy") / "checkout")


def test_one_file_is_written_by_hand_and_the_framework_is_found(copy: Copy, tmp_path: Path) -> None:
    write(tmp_path, {"src/desk.py": CODE})
    discover = f"shipcheck discover {tmp_path} --root {tmp_path}"
    assert "smolagents, which no detector knows" in copy.run(discover)
    (detector,) = RECIPE.blocks("diff")
    copy.apply(detector)
    assert copy.failing("tests/discover") == NOT_LOADED
    for command in RECIPE.commands():
        copy.run(command)
    assert copy.changed() == {DETECTOR, *GENERATED}
    printed = copy.run(discover)
    assert "agent desk (smolagents)" in printed
    assert "calls search" in printed
    assert "which no detector knows" not in printed
    # A decoy that is no decoy fails.
    path = copy.path / DETECTOR
    path.write_text(path.read_text("utf-8").replace("from toolbox import", "from smolagents import"), "utf-8")
    assert copy.failing("tests/discover -k smolagents") == {EXAMPLES}
