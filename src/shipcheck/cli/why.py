"""`shipcheck why`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.why import WhyRequest, why
from shipcheck.cli.dates import day_option, today
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.progress import Bar
from shipcheck.cli.state_option import from_option, state_of
from shipcheck.model.why import WhyReport
from shipcheck.pipeline.state import WORKTREE
from shipcheck.report.style import Style
from shipcheck.report.why.json import render_why_json
from shipcheck.report.why.text import render_why


@click.command("why")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@from_option()
@click.option("--policy", "policies", multiple=True, metavar="POLICY", help="Ask only this policy; may be given several times.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the answer is written.",
)
@day_option("The day on which to judge.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Whether to colour."
)
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    start: str,
    end: str,
    path: Path | None,
    state: str | None,
    policies: tuple[str, ...],
    form: str,
    as_of: date | None,
    color: str,
) -> int:
    """Say why the policies let FROM reach TO, or do not.

    Where they do: every open walk that differs, with what each gate on it lacks. Where they do not: the gates that separate them.
    FROM and TO are components such as agent:triage or action:platform/pay, below PATH or in the whole repository; kind and
    namespace may be left out where one component is left.

    \b
    Exit codes:
      0  every policy that is about the two passes
      1  one fails, whatever its severity
      2  the command or the settings are wrong, or there is no such component
      3  not judged: a manifest or policy is malformed, or no policy is about the two
      4  shipcheck's own fault
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    day = as_of or today()
    with Bar() as progress:
        report = why(WhyRequest(start, end, path, day, policies, state_of(state) or WORKTREE), progress)
    text = render_why_json(report) if form == "json" else render_why(report, Style(wants_color(color, to_file=False)))
    write(text, None)
    return exit_code(report)


def exit_code(report: WhyReport) -> int:
    """The exit code of an answer."""
    if report.verdict == "incomplete":
        return 2 if report.misused else 3
    return 1 if report.verdict == "fail" else 0
