"""Scores as tables in Markdown, and the lists of misses and extras."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from discovery.findings import Findings
from discovery.scoring import EFFECTS, Score
from discovery.truths import KINDS, LINKS

COLUMNS = (*KINDS, *LINKS, EFFECTS)
_NOTHING = "-"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose columns are as wide as their widest cell."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[index]) for row in cells) for index in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def repositories(scores: Mapping[str, Mapping[str, Score]], seconds: Mapping[str, float]) -> str:
    """One row for each repository: `hits/required`, and `+extras` if there are any."""
    rows = ([name, *(_cell(each[column]) for column in COLUMNS), f"{seconds[name]:.1f}"] for name, each in scores.items())
    return table(["repository", *COLUMNS, "s"], rows)


def totals(total: Mapping[str, Score]) -> str:
    """One row for each kind, with precision, recall and F1 over all repositories."""
    rows = (
        [
            column,
            str(each.hits),
            str(each.required),
            str(len(each.extras)),
            _part(each.recall),
            _part(each.precision),
            _part(each.f1),
        ]
        for column, each in total.items()
    )
    return table(["kind", "found", "required", "extra", "recall", "precision", "F1"], rows)


def controls(hits: Mapping[str, Sequence[str]]) -> str:
    """One row for each repository in which there is nothing to find."""
    rows = ([name, str(len(some)), "yes" if not some else f"no: {some[0]}"] for name, some in hits.items())
    return table(["control", "hits", "as it must be"], rows)


def rivals(scores: Mapping[str, Mapping[str, tuple[Findings, Mapping[str, Score]]]]) -> str:
    """One row for each tool and repository."""
    rows = []
    for name, tools in scores.items():
        for tool, (findings, score) in tools.items():
            cells = [_cell(score[kind]) if score else _NOTHING for kind in KINDS]
            rows.append([name, tool, *cells, f"{findings.seconds:.1f}", findings.failed])
    return table(["repository", "tool", *KINDS, "s", "why not"], rows)


def listed(scores: Mapping[str, Score]) -> Iterator[str]:
    """Every miss and every extra of a repository."""
    for each in scores.values():
        yield from (f"  miss  {line.what:<12} {line.place}  {line.name}" for line in each.misses)
        yield from (f"  extra {line.what:<12} {line.place}  {line.name}" for line in each.extras)


def _cell(score: Score) -> str:
    if not score.required and not score.extras:
        return _NOTHING
    return f"{score.hits}/{score.required}" + (f" +{len(score.extras)}" if score.extras else "")


def _part(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"
