"""`shipcheck doctor`."""

from pathlib import Path

from shipcheck.app.doctor import DoctorRequest, doctor
from shipcheck.cli.declare import declare
from shipcheck.cli.options import color_option, format_option, from_option, root_option
from shipcheck.cli.output import show
from shipcheck.errors import ExitCode
from shipcheck.pipeline.state import WORKTREE, State


@declare(
    "doctor",
    exits={
        ExitCode.PASS: "every audit that files can answer passes",
        ExitCode.FAIL: "findings",
        ExitCode.USAGE: "usage error",
        ExitCode.NOT_JUDGED: "no findings, but something cannot be judged, such as a malformed workflow",
    },
    examples=("shipcheck doctor", "shipcheck doctor --from origin/main"),
)
@root_option
@from_option()
@format_option("doctor")
@color_option
def command(*, root: Path | None, state: State | None, form: str, color: str) -> ExitCode:
    """Reads the files of GitHub Actions, GitLab CI, Azure Pipelines, pre-commit, prek and CODEOWNERS.

    It never contacts a server. For what only a server knows, it says where to look.
    """
    report = doctor(DoctorRequest(root, state or WORKTREE))
    show("doctor", report, form, color)
    return report.exit_code
