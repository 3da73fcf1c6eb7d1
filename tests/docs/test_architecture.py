"""docs/architecture.md is one page and names files that exist; the docstrings of the packages that it points to name the rest."""

import ast
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/shipcheck"
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
MOST_WORDS = 800
FILE = re.compile(r"`([\w/.]+\.py)\b")
# Their files are named after the commands and the values that they are about.
NAMED_AFTER = {"app", "cli", "model"}
PACKAGES = sorted({*PACKAGE.glob("*/__init__.py"), *PACKAGE.glob("[!r]*/*/__init__.py")})
TEXT = "{http://www.w3.org/2000/svg}text"


def test_the_page_is_short() -> None:
    assert len([word for word in PAGE.split() if re.search(r"\w", word)]) <= MOST_WORDS


def test_every_file_that_the_page_names_exists_once() -> None:
    found = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")}
    wrong = {
        name: matches
        for name in FILE.findall(PAGE)
        if name != "__init__.py" and len(matches := [path for path in found if f"/{path}".endswith(f"/{name}")]) != 1
    }
    assert wrong == {}


def test_the_picture_shows_every_package() -> None:
    picture = ET.parse(ROOT / "docs/architecture.svg")  # noqa: S314 - our own file
    shown = {element.text for element in picture.iter(TEXT)}
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= shown


@pytest.mark.parametrize("file", PACKAGES, ids=lambda path: path.parent.relative_to(PACKAGE).as_posix())
def test_the_docstring_of_a_package_names_each_of_its_files(file: Path) -> None:
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    files = {path.stem for path in file.parent.glob("*.py")} - {"__init__"}
    assert file.parent.name in NAMED_AFTER or files <= set(re.findall(r"`(\w+)[`.]", text))
