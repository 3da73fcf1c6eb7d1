"""`shipcheck policy test`, which is `shipcheck pack test` too."""

from pathlib import Path

import click

from shipcheck.app.policy_test import TestRequest, policy_test
from shipcheck.cli.declare import declare
from shipcheck.cli.options import color_option, format_option, root_option
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.model.policy_test import PackResult


@declare(
    "policy test",
    exits={
        ExitCode.PASS: "every test passes, every clause is covered and every mutant is killed",
        ExitCode.FAIL: "a test failed, or coverage is incomplete",
        ExitCode.NOT_JUDGED: "not tested: a pack or its tests are malformed, or there are none",
    },
    examples=("shipcheck policy test", "shipcheck policy test .shipcheck/local --policy refund-gated"),
)
@click.argument("pack", required=False)
@root_option
@click.option("--policy", "policies", multiple=True, metavar="POLICY", help="Test only this policy. Repeat for several.")
@click.option("--no-coverage", is_flag=True, help="Do not require that tests cover every value of every clause.")
@click.option("--no-mutation", is_flag=True, help="Do not require that tests detect every mutant of a policy.")
@format_option("policy test")
@click.option(
    "--junit",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Also write the results to FILE as JUnit XML.",
)
@color_option
def command(  # noqa: PLR0913 - one argument for each option
    *,
    pack: str | None,
    root: Path | None,
    policies: tuple[str, ...],
    no_coverage: bool,
    no_mutation: bool,
    form: str,
    junit: Path | None,
    color: str,
) -> ExitCode:
    """PACK is the folder of a pack or the name of a built-in one. Without PACK, tests every pack in use."""
    request = TestRequest(pack, policies, coverage=not no_coverage, mutation=not no_mutation, root=root)
    with Bar() as progress:
        results = policy_test(request, progress)
    if junit is not None:
        show("policy test", results, "junit", path=junit)
    show("policy test", results, form, color)
    return exit_code(results)


def exit_code(results: tuple[PackResult, ...]) -> ExitCode:
    """The exit code of a run: what could not be tested takes precedence over what failed."""
    if any(result.problems for result in results) or not results:
        return ExitCode.NOT_JUDGED
    return ExitCode.FAIL if any(result.failures for result in results) else ExitCode.PASS
