"""What differs between two versions of a pack, as JSON."""

from shipcheck.model.pack_diff import PackDiff
from shipcheck.report.encode import as_json
from shipcheck.report.json_values import finding_json, problem_json
from shipcheck.report.style import PLAIN, Style


def render(diff: PackDiff, _style: Style = PLAIN) -> str:
    """The same as data."""
    return as_json(
        {
            "old": diff.old,
            "new": diff.new,
            "changes": list(diff.changes),
            "repositories": [
                {
                    "root": item.root,
                    "appear": [finding_json(finding) for finding in item.appear],
                    "vanish": [finding_json(finding) for finding in item.vanish],
                    "problems": [problem_json(problem) for problem in item.problems],
                }
                for item in diff.repositories
            ],
        }
    )
