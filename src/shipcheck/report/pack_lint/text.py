"""What keeps a pack from being released, for people."""

from shipcheck.english import counted
from shipcheck.model.pack_lint import PackLint
from shipcheck.report.encode import visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import PLAIN, Style


def render(lint: PackLint, style: Style = PLAIN) -> str:
    """Every problem and every fault with its excerpt, then the verdict."""
    excerpts = Excerpts(lint.texts, style)
    pieces = [*problem_blocks(lint.problems, excerpts, style), *problem_blocks(lint.faults, excerpts, style, "fault")]
    return (
        "\n\n".join([*pieces, style.paint("good" if not lint.faults and not lint.problems else "problem", _verdict(lint))]) + "\n"
    )


def _verdict(lint: PackLint) -> str:
    if lint.problems:
        return visible(f"{lint.label} cannot be read: {counted(len(lint.problems), 'problem')}.")
    compared = f", compared with {lint.previous}" if lint.previous else ", compared with no version before it"
    if lint.faults:
        return visible(f"{lint.label} is not ready: {counted(len(lint.faults), 'fault')}{compared}.")
    return visible(f"{lint.label} is ready to be released{compared}.")
