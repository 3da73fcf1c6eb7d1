"""The version of an installed package, as the grammars find it."""

from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
import tree_sitter
import tree_sitter_typescript

from shipcheck.code.javascript.grammars import package_version


@pytest.mark.parametrize(("name", "module"), [("tree-sitter", tree_sitter), ("tree-sitter-typescript", tree_sitter_typescript)])
def test_it_is_what_the_standard_library_says(name: str, module: ModuleType) -> None:
    assert package_version(name, module) == version(name)


@pytest.mark.parametrize(
    ("folders", "wanted"),
    [
        (["tree_sitter-9.1.dist-info"], "9.1"),
        (["tree_sitter-9.1.dist-info", "tree_sitter_python-9.2.dist-info", "tree_sitter-9.3"], "9.1"),
        (["tree_sitter-9.1.dist-info", "tree_sitter-9.2.dist-info"], version("tree-sitter")),
        ([], version("tree-sitter")),
    ],
)
def test_it_is_in_the_name_of_the_one_folder_of_metadata(folders: list[str], wanted: str, tmp_path: Path) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir()
    module = ModuleType("tree_sitter")
    module.__file__ = str(tmp_path / "tree_sitter/__init__.py")
    assert package_version("tree-sitter", module) == wanted


def test_a_module_without_a_file_is_looked_up() -> None:
    assert package_version("tree-sitter", ModuleType("tree_sitter")) == version("tree-sitter")
