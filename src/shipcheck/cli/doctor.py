"""`shipcheck doctor`."""

from pathlib import Path

import click

from shipcheck.app.doctor import DoctorRequest, doctor
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.model.doctor import WiringReport
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.doctor.json import render_wiring_json
from shipcheck.report.doctor.text import render_wiring
from shipcheck.report.style import Style


@click.command("doctor")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@from_option()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the answers are written.",
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Whether to colour."
)
def command(path: Path | None, state: str | None, form: str, color: str) -> int:
    """Say whether the check runs where it counts, and whether anything gets around it.

    Reads the files of GitHub Actions, GitLab CI, Azure Pipelines, pre-commit, prek and CODEOWNERS at PATH, or at the top of the
    repository. It never asks a server; what only that knows is said with the place to look at.

    \b
    Exit codes:
      0  every audit passes that files can answer
      1  findings
      2  the command is wrong
      3  something cannot be judged, such as a malformed workflow, and there are no findings
      4  shipcheck's own fault
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    report = doctor(DoctorRequest(path, state_of(state) or WORKTREE))
    text = render_wiring_json(report) if form == "json" else render_wiring(report, Style(wants_color(color, to_file=False)))
    write(text, None)
    return exit_code(report)


def exit_code(report: WiringReport) -> int:
    """The exit code of a report."""
    return {"pass": 0, "fail": 1, "incomplete": 3}[report.verdict]
