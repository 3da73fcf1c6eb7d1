"""What differs between two versions of a pack, and which findings appear and vanish in repositories."""

from collections.abc import Sequence

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.pack_diff import PackDiff, RepositoryDiff
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(diff: PackDiff, _style: Style = PLAIN) -> str:
    """The differences in the pack, then each repository with the findings that only one version has."""
    lines = [
        visible(f"{diff.old} to {diff.new}"),
        *_indented(diff.changes or ("no differences in policies or components",)),
    ]
    for item in diff.repositories:
        lines += ["", *_repository(item)]
    return "\n".join(lines) + "\n"


def _indented(texts: Sequence[str]) -> list[str]:
    return [visible(f"  {text}") for text in texts]


def _repository(item: RepositoryDiff) -> list[str]:
    name = visible(item.root)
    if item.problems:
        lines = [f"{problem.location}: {problem.message}" for problem in item.problems]
        return [f"{name} cannot be judged with both: {counted(len(lines), 'problem')}", *_indented(lines)]
    tally = f"{counted(len(item.appear), 'finding')} added, {len(item.vanish)} removed"
    lines = [f"{name}: {tally}"]
    return [*lines, *_findings("+", item.appear), *_findings("-", item.vanish)]


def _findings(sign: str, findings: Sequence[Finding]) -> list[str]:
    return [visible(f"  {sign} {item.location}: {item.severity} {item.policy}: {item.headline}") for item in findings]
