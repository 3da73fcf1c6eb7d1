"""What is printed, to the letter. SHIPCHECK_REWRITE=1 writes the files anew; then read them aloud before committing them."""

from datetime import date
from pathlib import Path

import pytest
from tests.support.golden import compare

from shipcheck.app.check import CheckRequest, check
from shipcheck.report.concise import render_concise
from shipcheck.report.json_report import render_json
from shipcheck.report.style import Style
from shipcheck.report.text import render_text

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DAY = date(2026, 11, 22)
CASES = sorted(path.parent for path in HERE.glob("*/shipcheck.yaml"))
EXAMPLES = ("airline-customer-service", "email-assistant", "bank-disputes/before", "bank-disputes/after")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_prints_what_its_files_say(case: Path) -> None:
    report = check(CheckRequest(case, DAY))
    compare(case / "text.txt", render_text(report, Style(color=False)).replace("(folder)", "(worktree)"))
    compare(case / "concise.txt", render_concise(report, Style(color=False)).replace("(folder)", "(worktree)"))
    compare(case / "report.json", render_json(report).replace('"kind": "folder"', '"kind": "worktree"'))


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_prints_what_its_file_says(example: str) -> None:
    report = check(CheckRequest(ROOT / "examples" / example, DAY))
    compare(HERE / "examples" / f"{example.replace('/', '-')}.txt", render_text(report, Style(color=False)))


def test_colour_changes_nothing_but_colour() -> None:
    report = check(CheckRequest(ROOT / "examples" / "email-assistant", DAY))
    colored = render_text(report, Style(color=True))
    for code in ("1;31", "1;33", "1;36", "1;35", "1", "2", "1;32", "34", "0"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == render_text(report, Style(color=False))
