"""`shipcheck why`."""

from datetime import date
from pathlib import Path

import click

from shipcheck.app.why import WhyRequest, why
from shipcheck.cli.declare import declare
from shipcheck.cli.options import (
    as_of_option,
    color_option,
    format_option,
    from_option,
    policies_option,
    root_option,
    today,
)
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "why",
    exits={
        ExitCode.PASS: "every policy about the two components passes",
        ExitCode.FAIL: "a policy about them fails, at any severity",
        ExitCode.USAGE: "usage or settings error, or unknown component",
        ExitCode.NOT_JUDGED: "not judged: a manifest or policy is malformed, or no policy is about the two components",
    },
    examples=(
        "shipcheck why agent:triage action:refund",
        "shipcheck why triage refund --policy core/ungated-sensitive-action",
    ),
)
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@root_option
@from_option()
@policies_option
@format_option("why")
@as_of_option
@color_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    start: str,
    end: str,
    root: Path | None,
    state: State | None,
    policies: tuple[str, ...],
    form: str,
    as_of: date | None,
    color: str,
) -> ExitCode:
    """FROM and TO are components, such as agent:triage or action:platform/refund.

    Kind and namespace can be omitted if the name is unique. If a policy fails, prints the open paths from FROM to TO and why
    the gates on them do not qualify. If it passes, prints the gates that separate the two, or that there is no path.
    """
    with Bar() as progress:
        report = why(WhyRequest(start, end, root, as_of or today(), policies, state or WORKTREE), progress)
    show("why", report, form, color)
    return report.exit_code
