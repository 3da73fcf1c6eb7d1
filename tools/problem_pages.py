"""The generated page of problems of packs, from the cases that the tests replay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference_pages import NOTICE
from shipcheck.model.document import Document, File
from shipcheck.model.scalars import plain
from shipcheck.read.parse import parse

CASES = Path(__file__).parent.parent / "tests/unit/language/codes"


def problems_page() -> str:
    """Every code with its meaning, and for each of its cases the wrong pack, the message and the corrected pack."""
    lines = [
        NOTICE.format(source="tests/unit/language/codes"),
        "# Problems in packs",
        "",
        "`shipcheck check` refuses a pack with a problem and exits with code 3. `shipcheck policy check` also finds warnings,",
        "which fail with `--strict`. Each problem and warning has a code; a code never changes its meaning.",
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
    codes = plain(document.root)
    if not isinstance(codes, dict):
        raise TypeError(codes)
    return codes


def _case(case: Path) -> Iterator[str]:
    for title, name, language in (("Wrong", "wrong.yaml", "yaml"), ("", "message.txt", "text"), ("Right", "right.yaml", "yaml")):
        if title:
            yield from (f"{title}:", "")
        yield from (f"```{language}", (case / name).read_text("utf-8").rstrip("\n"), "```", "")
