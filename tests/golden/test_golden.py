"""What is printed, to the letter. SHIPCHECK_REWRITE=1 writes the files anew; then read them aloud before committing them.

A small pack judges all repositories here but those with settings of their own. What core says is in core.txt, and in what
test_screens.py writes.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.support.golden import compare, copy_of, with_small_pack

from shipcheck.app.check import CheckRequest, check
from shipcheck.model.report import Report
from shipcheck.report.check.azure import render as render_azure
from shipcheck.report.check.concise import render as render_concise
from shipcheck.report.check.github import render as render_github
from shipcheck.report.check.gitlab import render as render_gitlab
from shipcheck.report.check.json import render as render_json
from shipcheck.report.check.junit import render as render_junit
from shipcheck.report.check.markdown import render as render_markdown
from shipcheck.report.check.sarif import render as render_sarif
from shipcheck.report.check.text import render as render_text
from shipcheck.report.style import Style

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DAY = date(2026, 11, 22)
CASES = sorted(path.parent for path in HERE.glob("*/shipcheck.yaml"))
EXAMPLES = ("airline-customer-service", "email-assistant", "bank-disputes/before", "bank-disputes/after")
# One with walks, gates and several files; one with problems; one that holds what a terminal would obey.
FORMATTED = ("section-nine", "dangling", "hostile-text")


def judged(repository: Path, folder: Path) -> Report:
    return check(CheckRequest(with_small_pack(repository, folder), DAY))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_case_prints_what_its_files_say(case: Path, tmp_path: Path) -> None:
    report = judged(case, tmp_path)
    compare(case / "text.txt", render_text(report, Style(color=False)))
    compare(case / "concise.txt", render_concise(report, Style(color=False)))
    compare(case / "report.json", render_json(report))


@pytest.mark.parametrize("case", FORMATTED)
def test_a_case_is_told_to_machines_and_forges_as_its_files_say(case: str, tmp_path: Path) -> None:
    report = judged(HERE / case, tmp_path)
    compare(HERE / case / "junit.xml", render_junit(report))
    compare(HERE / case / "github.txt", render_github(report))
    compare(HERE / case / "gitlab.json", render_gitlab(report))
    compare(HERE / case / "azure.txt", render_azure(report))
    compare(HERE / case / "comment.md", render_markdown(report))


def test_sarif_says_what_its_file_says(tmp_path: Path) -> None:
    report = judged(HERE / "section-nine", tmp_path)
    compare(HERE / "section-nine/sarif.json", json.dumps(json.loads(render_sarif(report)), indent=2) + "\n")


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_prints_what_its_file_says(example: str, tmp_path: Path) -> None:
    report = judged(ROOT / "examples" / example, tmp_path)
    compare(HERE / "examples" / f"{example.replace('/', '-')}.txt", render_text(report, Style(color=False)))


def test_core_prints_what_its_file_says(tmp_path: Path) -> None:
    """The one file that changes with core: a report on a real repository, and the result of each policy."""
    report = check(CheckRequest(copy_of(ROOT / "examples" / EXAMPLES[0], tmp_path), DAY))
    results = "".join(f"{result.policy}: {result.result}\n" for result in report.judged.results)
    compare(HERE / "core.txt", f"{render_text(report, Style(color=False))}\n{results}")


def test_colour_changes_nothing_but_colour(tmp_path: Path) -> None:
    report = judged(ROOT / "examples" / "email-assistant", tmp_path)
    colored = render_text(report, Style(color=True))
    for code in ("1;31", "1;33", "1;36", "1;35", "1", "2", "1;32", "34", "0"):
        colored = colored.replace(f"\x1b[{code}m", "")
    assert colored == render_text(report, Style(color=False))
