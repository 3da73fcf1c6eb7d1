"""What differs between two versions of a pack, and which findings appear and vanish in repositories."""

from collections.abc import Sequence

from shipcheck.english import counted
from shipcheck.model.finding import Finding
from shipcheck.model.pack_diff import PackDiff, RepositoryDiff
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(diff: PackDiff, _style: Style = PLAIN) -> str:
    """What is different in the pack, then each repository with the findings that come and go."""
    lines = [
        visible(f"{diff.old} to {diff.new}"),
        *_indented(diff.changes or ("nothing is different in what it asks and provides",)),
    ]
    for item in diff.repositories:
        lines += ["", *_repository(item)]
    return "\n".join(lines) + "\n"


def _indented(texts: Sequence[str]) -> list[str]:
    return [visible(f"  {text}") for text in texts]


def _repository(item: RepositoryDiff) -> list[str]:
    name = visible(item.root)
    if item.problems:
        told = [f"{problem.location}: {problem.message}" for problem in item.problems]
        return [f"{name} cannot be judged with both: {counted(len(told), 'problem')}", *_indented(told)]
    tally = (
        f"{counted(len(item.appear), 'finding')} {'appears' if len(item.appear) == 1 else 'appear'}, {len(item.vanish)} vanish"
    )
    lines = [f"{name}: {tally}{'es' if len(item.vanish) == 1 else ''}"]
    return [*lines, *_findings("+", item.appear), *_findings("-", item.vanish)]


def _findings(sign: str, findings: Sequence[Finding]) -> list[str]:
    return [visible(f"  {sign} {item.location}: {item.severity} {item.policy}: {item.headline}") for item in findings]
