"""What is printed, to the letter. SHIPCHECK_REWRITE=1 writes the files anew; then read them aloud before committing them."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.support.golden import compare
from tests.support.reports import altered

from shipcheck.app.check import CheckRequest, check
from shipcheck.report.check.azure import render_azure
from shipcheck.report.check.concise import render_concise
from shipcheck.report.check.github import render_github
from shipcheck.report.check.gitlab import render_gitlab
from shipcheck.report.check.json import render_json
from shipcheck.report.check.junit import render_judged_junit
from shipcheck.report.check.markdown import render_markdown
from shipcheck.report.check.sarif import render_sarif
from shipcheck.report.check.text import render_text
from shipcheck.report.style import Style

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DAY = date(2026, 11, 22)
CASES = sorted(path.parent for path in HERE.glob("*/shipcheck.yaml"))
EXAMPLES = ("airline-customer-service", "email-assistant", "bank-disputes/before", "bank-disputes/after")
# One with walks, gates and several files; one with problems; one that holds what a terminal would obey.
FORMATTED = ("section-nine", "dangling", "hostile-text")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_prints_what_its_files_say(case: Path) -> None:
    report = check(CheckRequest(case, DAY))
    compare(case / "text.txt", render_text(report, Style(color=False)).replace("(folder)", "(worktree)"))
    compare(case / "concise.txt", render_concise(report, Style(color=False)).replace("(folder)", "(worktree)"))
    compare(case / "report.json", render_json(report, report.exit_code).replace('"kind": "folder"', '"kind": "worktree"'))


@pytest.mark.parametrize("case", FORMATTED)
def test_a_case_is_told_to_machines_and_forges_as_its_files_say(case: str) -> None:
    report = altered(check(CheckRequest(HERE / case, DAY)), prefix="", source="worktree")
    compare(HERE / case / "junit.xml", render_judged_junit(report))
    compare(HERE / case / "github.txt", render_github(report))
    compare(HERE / case / "gitlab.json", render_gitlab(report))
    compare(HERE / case / "azure.txt", render_azure(report))
    compare(HERE / case / "comment.md", render_markdown(report))


def test_sarif_says_what_its_file_says() -> None:
    report = altered(check(CheckRequest(HERE / "section-nine", DAY)), prefix="", source="worktree")
    compare(HERE / "section-nine/sarif.json", json.dumps(json.loads(render_sarif(report, 1)), indent=2) + "\n")


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
