"""What must be fixed before a pack is released, as JSON."""

from shipcheck import __version__
from shipcheck.model.pack_lint import PackLint
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import problem_json
from shipcheck.report.style import PLAIN, Style

PACK_LINT_VERSION = 1


def render(lint: PackLint, _style: Style = PLAIN) -> str:
    """The verdict, the problems that keep the pack from being read, and what keeps it from being released."""
    data = {
        "shipcheck": __version__,
        "pack_lint": PACK_LINT_VERSION,
        "verdict": "incomplete" if lint.problems else "fail" if lint.errors else "pass",
        "pack": lint.label,
        "previous": lint.previous or None,
        "problems": [problem_json(problem) for problem in lint.problems],
        "findings": [problem_json(error) for error in lint.errors],
    }
    return as_json(data)
