"""Adding a command, as a contributor does it, in a copy of the checkout: help, README, reference page and completion follow.

The tests of the suite, run in the copy, say by name what is missing, and pass when everything is there.
"""

from pathlib import Path

import pytest
from tests.support.checkout import contents, copied, edit, failing, run

COMMAND = "src/shipcheck/cli/owners.py"
REPORT = "src/shipcheck/report/owners/text.py"
PACKAGE = "src/shipcheck/report/owners/__init__.py"
COMMANDS = "src/shipcheck/cli/commands.py"
FORMATS = "src/shipcheck/report/formats.py"
INVOCATIONS = "tests/support/invocations.py"
BY_HAND = {COMMAND, REPORT, PACKAGE, COMMANDS, FORMATS, INVOCATIONS}
WRITTEN = {"README.md", "docs/reference/cli.md", "docs/reference/exit-codes.md", "tests/golden/outputs/owners/text.txt"}
FILES = {
    COMMAND: '''\
"""`shipcheck owners`."""

from datetime import date
from pathlib import Path

from shipcheck.app.check import check
from shipcheck.cli.declare import declare
from shipcheck.cli.options import as_of_option, root_option
from shipcheck.cli.output import show
from shipcheck.cli.reports import check_request
from shipcheck.errors import ExitCode


@declare("owners", exits={ExitCode.PASS: "the teams are listed"}, examples=("shipcheck owners --root shop",))
@root_option
@as_of_option
def command(*, root: Path | None, as_of: date | None) -> ExitCode:
    """A team that owns several subjects is listed once."""
    show("owners", check(check_request(root, as_of)))
    return ExitCode.PASS
''',
    PACKAGE: '"""The output of `shipcheck owners`, one module a format."""\n',
    REPORT: '''\
"""The teams that own the subjects of findings, one on a line."""

from shipcheck.model.report import Report
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(report: Report, _style: Style = PLAIN) -> str:
    """Each team once, sorted."""
    return "".join(f"{visible(owner)}\\n" for owner in sorted({finding.owner or "no team" for finding in report.findings}))
''',
}
REGISTRY_TESTS = ["tests/cli/test_registry.py", "tests/report/test_naughty.py", "tests/golden/test_outputs.py"]
ABOUT_IT = ["-k", "owners or registered or left_over"]
NOT_A_COMMAND = "cli/test_registry.py::test_every_module_of_a_command_is_registered_and_every_group_has_commands"
NOT_A_FORMAT = "cli/test_registry.py::test_every_module_of_a_format_is_registered"
DOCUMENTED = "cli/test_registry.py::test_a_command_is_in_the_help_the_documents_and_the_completion[owners]"
PRINTED = "cli/test_registry.py::test_a_command_names_the_repository_by_root_and_formats_by_the_registry[owners]"
GOLDEN = "golden/test_outputs.py::test_a_format_prints_what_its_file_holds[owners-text]"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    return copied(tmp_path_factory.mktemp("copy"))


def test_the_suite_says_what_a_new_command_lacks(checkout: Path) -> None:
    before = contents(checkout)
    for name, text in FILES.items():
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text(text, "utf-8")
    assert failing(checkout, *REGISTRY_TESTS, *ABOUT_IT) == {NOT_A_COMMAND, NOT_A_FORMAT}
    edit(
        checkout / COMMANDS,
        '    Command("completion"',
        '    Command("owners", "List the teams that own findings."),\n    Command("completion"',
    )
    assert failing(checkout, *REGISTRY_TESTS, *ABOUT_IT) == {NOT_A_FORMAT, DOCUMENTED, PRINTED}
    edit(checkout / FORMATS, '    "settings": _of(', '    "owners": _of("owners", TEXT),\n    "settings": _of(')
    assert GOLDEN in failing(checkout, *REGISTRY_TESTS, *ABOUT_IT)
    edit(checkout / INVOCATIONS, '    "graph": Invocation(', '    "owners": Invocation(DAY),\n    "graph": Invocation(')
    run(checkout, "tools/generate.py")
    run(checkout, "-m", "pytest", "-q", "tests/golden/test_outputs.py", "-k", "owners", SHIPCHECK_REWRITE="1")
    assert failing(checkout, *REGISTRY_TESTS, *ABOUT_IT) == set()
    after = contents(checkout)
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} == BY_HAND | WRITTEN
