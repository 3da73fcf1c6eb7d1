"""Adding an output format to the check, as a contributor does it, in a copy of the checkout: three files, the rest is generated.

The tests of the suite, run in the copy, say by name what is missing, and pass when everything is there.
"""

from pathlib import Path

import pytest
from tests.support.checkout import contents, copied, edit, failing, run

MODULE = "src/shipcheck/report/check/tap.py"
REGISTRY = "src/shipcheck/report/formats.py"
READERS = "tests/report/readers.py"
BY_HAND = {MODULE, REGISTRY, READERS}
WRITTEN = {"docs/outputs.md", "docs/reference/cli.md", "tests/golden/outputs/check/tap.txt"}
SOURCE = '''\
"""The Test Anything Protocol (https://testanything.org).

Each finding is a test that fails.
"""

from shipcheck.model.report import Report
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(report: Report, _style: Style = PLAIN) -> str:
    """One line for each problem and finding, after the plan."""
    told = [problem.message for problem in report.judged.problems] + [finding.headline for finding in report.findings]
    lines = [f"not ok {number} - {visible(text)}" for number, text in enumerate(told, 1)]
    return "\\n".join([f"1..{len(lines)}", *lines]) + "\\n"
'''
REGISTRY_TESTS = ["tests/cli/test_registry.py", "tests/report/test_naughty.py", "tests/golden/test_outputs.py"]
ABOUT_IT = ["-k", "tap or registered or left_over or (names_the_repository and check)"]
ORPHAN = "cli/test_registry.py::test_every_module_of_a_format_is_registered"
HOSTILE = "report/test_naughty.py::test_text_stays_text[shipcheck.report.check.tap]"
GOLDEN = "golden/test_outputs.py::test_a_format_prints_what_its_file_holds[check-tap]"
PAGE = "cli/test_registry.py::test_a_format_is_documented_by_what_its_module_says[check --format tap]"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    return copied(tmp_path_factory.mktemp("copy"))


def test_the_suite_says_what_a_new_format_lacks_and_three_files_are_written_by_hand(checkout: Path) -> None:
    before = contents(checkout)
    (checkout / MODULE).write_text(SOURCE, "utf-8")
    assert failing(checkout, *REGISTRY_TESTS, *ABOUT_IT) == {ORPHAN}
    edit(checkout / REGISTRY, '"markdown")', '"markdown", "tap")')
    assert failing(checkout, *REGISTRY_TESTS, *ABOUT_IT) >= {HOSTILE, GOLDEN, PAGE}
    edit(checkout / READERS, '    "junit": _xml,\n', '    "junit": _xml,\n    "tap": _same_lines,\n')
    run(checkout, "tools/generate.py")
    run(checkout, "-m", "pytest", "-q", "tests/golden/test_outputs.py", "-k", "check-tap", SHIPCHECK_REWRITE="1")
    assert failing(checkout, *REGISTRY_TESTS, *ABOUT_IT) == set()
    after = contents(checkout)
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} == BY_HAND | WRITTEN
    # What escapes nothing fails even where a reader is declared for it.
    edit(checkout / MODULE, "{visible(text)}", "{text}")
    assert HOSTILE in failing(checkout, *REGISTRY_TESTS, *ABOUT_IT)
