"""docs/architecture.md is one page, names files that exist, and its picture shows every package."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/shipcheck"
PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
MOST_WORDS = 740
FILE = re.compile(r"`([\w/.]+\.py)\b")
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
