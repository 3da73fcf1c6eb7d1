"""What must be fixed before a pack is released, with its source."""

from shipcheck.english import counted
from shipcheck.model.pack_lint import PackLint
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style


def render(lint: PackLint, style: Style = PLAIN) -> str:
    """Every problem and every error with its excerpt, then the verdict."""
    excerpts = Excerpts(lint.texts, style)
    pieces = [*problem_blocks(lint.problems, excerpts, style), *problem_blocks(lint.errors, excerpts, style, "error")]
    return (
        "\n\n".join([*pieces, style.paint("good" if not lint.errors and not lint.problems else "problem", _verdict(lint))]) + "\n"
    )


def _verdict(lint: PackLint) -> str:
    if lint.problems:
        return visible(f"{lint.label} cannot be read: {counted(len(lint.problems), 'problem')}.")
    compared = f" (compared with {lint.previous})" if lint.previous else " (no previous version)"
    if lint.errors:
        return visible(f"{lint.label} is not ready for release: {counted(len(lint.errors), 'error')}{compared}.")
    return visible(f"{lint.label} is ready for release{compared}.")
