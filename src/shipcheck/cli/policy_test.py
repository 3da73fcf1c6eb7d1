"""`shipcheck policy test`."""

from pathlib import Path

import click

from shipcheck.app.policy_test import TestRequest, policy_test
from shipcheck.cli.output import wants_color, write
from shipcheck.cli.progress import Bar
from shipcheck.model.policy_test import PackResult
from shipcheck.report.policy_test.json import render_trials_json
from shipcheck.report.policy_test.junit import render_junit
from shipcheck.report.policy_test.text import render_trials
from shipcheck.report.style import Style

FAILED, CANNOT_JUDGE = 1, 3


@click.command("test")
@click.argument("pack", required=False)
@click.option("--policy", "policies", multiple=True, metavar="ID", help="Test only this policy; may be given several times.")
@click.option("--no-coverage", is_flag=True, help="Do not ask that every clause is seen true, false and unknown.")
@click.option("--no-mutation", is_flag=True, help="Do not ask that the tests notice every small change of a policy.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the results are written.",
)
@click.option(
    "--junit",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the results to this file as JUnit XML too.",
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Whether to colour."
)
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    pack: str | None,
    policies: tuple[str, ...],
    no_coverage: bool,  # noqa: FBT001 - click passes options by name
    no_mutation: bool,  # noqa: FBT001
    form: str,
    junit: Path | None,
    color: str,
) -> int:
    """Run the tests of PACK, a folder or the name of a built-in pack; without PACK, of every pack in use here.

    \b
    Exit codes:
      0  every test holds, every clause is covered, every mutant is noticed
      1  something of that is not so
      2  the command is wrong
      3  not tested: a pack or its tests are malformed, or there are none
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    request = TestRequest(pack, policies, coverage=not no_coverage, mutation=not no_mutation)
    with Bar() as progress:
        results = policy_test(request, progress)
    if junit is not None:
        write(render_junit(results), junit)
    text = render_trials_json(results) if form == "json" else render_trials(results, Style(wants_color(color, to_file=False)))
    write(text, None)
    return exit_code(results)


def exit_code(results: tuple[PackResult, ...]) -> int:
    """The exit code of a run: what could not be tested counts before what failed."""
    if any(result.problems for result in results) or not results:
        return CANNOT_JUDGE
    return FAILED if any(result.failures for result in results) else 0
