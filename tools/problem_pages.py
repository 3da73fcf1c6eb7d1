"""The generated page of the complaints about packs, from the cases that the tests replay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference_pages import NOTICE
from shipcheck.model.document import Document, File
from shipcheck.model.scalars import plain
from shipcheck.read.parse import parse

CASES = Path(__file__).parent.parent / "tests/unit/language/codes"


def problems_page() -> str:
    """Every code with what it means, and for each of its cases the wrong pack, what is printed, and the right one."""
    lines = [
        NOTICE.format(source="tests/unit/language/codes"),
        "# What can be wrong with a pack",
        "",
        "`shipcheck check` refuses a pack with a problem and leaves with exit code 3. `shipcheck policy check` finds warnings",
        "besides, which count with `--strict`. Each has a code, which is never given another meaning.",
        "",
    ]
    for code, entry in _codes().items():
        lines += [f"## {code}: {entry['title']}", "", entry["means"], ""]
        lines += [line for case in sorted(CASES.glob(f"{code}-*")) for line in _case(case)]
    return "\n".join(lines)


def _codes() -> dict[str, Any]:
    document = parse(File("tests", "codes.yaml", (CASES / "codes.yaml").read_bytes()))
    if not isinstance(document, Document):
        raise TypeError(document)
    found = plain(document.root)
    if not isinstance(found, dict):
        raise TypeError(found)
    return found


def _case(case: Path) -> Iterator[str]:
    for title, name, language in (("Wrong", "wrong.yaml", "yaml"), ("", "message.txt", "text"), ("Right", "right.yaml", "yaml")):
        if title:
            yield from (f"{title}:", "")
        yield from (f"```{language}", (case / name).read_text("utf-8").rstrip("\n"), "```", "")
