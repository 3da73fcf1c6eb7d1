"""What `why` prints, to the letter. SHIPCHECK_REWRITE=1 writes the files anew; then read them aloud before committing them."""

from datetime import date
from pathlib import Path

import pytest
from tests.support.golden import compare, with_small_pack

from shipcheck.app.why import WhyRequest, why
from shipcheck.report.style import Style
from shipcheck.report.why.json import render as render_json
from shipcheck.report.why.text import render as render_text

HERE = Path(__file__).parent / "why"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = date(2026, 11, 22)
WORLD = HERE / "world"
CASES = {
    "several-ways-in": (WORLD, "desk", "pay"),
    "several-gates": (WORLD, "clerk", "wire"),
    "no-walk": (WORLD, "lonely", "wire"),
    "unknown-target": (WORLD, "maybe", "close"),
    "asked-for-and-met": (WORLD, "desk", "ask"),
    "asked-for-and-missed": (WORLD, "lonely", "ask"),
    "about-nothing": (WORLD, "gate:first", "ask"),
    "airline": (EXAMPLES / "airline-customer-service", "triage", "book-new-flight"),
    "email": (EXAMPLES / "email-assistant", "email-assistant-hitl-memory-gmail", "send-email-tool"),
    "bank-before": (EXAMPLES / "bank-disputes" / "before", "dispute-intake", "issue-provisional-credit"),
    "bank-after": (EXAMPLES / "bank-disputes" / "after", "dispute-intake", "issue-provisional-credit"),
    "bank-apart": (EXAMPLES / "bank-disputes" / "after", "letter-writer", "close-case"),
}


@pytest.mark.parametrize("case", CASES)
def test_an_answer_prints_what_its_file_says(case: str, tmp_path: Path) -> None:
    folder, start, end = CASES[case]
    report = why(WhyRequest(start, end, with_small_pack(folder, tmp_path), DAY))
    compare(HERE / f"{case}.txt", render_text(report, Style(color=False)))
    if folder == WORLD:
        compare(HERE / f"{case}.json", render_json(report))


def test_colour_changes_nothing_but_colour() -> None:
    folder, start, end = CASES["several-ways-in"]
    report = why(WhyRequest(start, end, folder, DAY))
    colored = render_text(report, Style(color=True))
    for code in ("1;31", "1;33", "1;36", "1;35", "1", "2", "1;32", "34", "0"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == render_text(report, Style(color=False))
