"""Findings that share one cause, shown together."""

from dataclasses import dataclass

from shipcheck.model.finding import Finding
from shipcheck.model.report import Report


@dataclass(frozen=True, slots=True)
class Block:
    """One finding shown in full, and those that share its cause."""

    head: Finding
    others: tuple[Finding, ...]


def blocks(report: Report) -> tuple[Block, ...]:
    """Blocks in the order of their most severe finding.

    Paths through one open hop share that hop, and findings that rest on one missing field that field, whichever policy finds
    them; other findings share a cause within their policy. Findings that are waived or consented to are apart from the others.
    Of the most severe ones, the one whose policy its pack declares first is shown in full.
    """
    rank = {result.policy: position for position, result in enumerate(report.judged.results)}
    grouped: dict[tuple[str, ...], list[Finding]] = {}
    for number, finding in enumerate(report.findings):
        status = finding.status if finding.is_accepted else ""
        grouped.setdefault((status, *_key(finding, number)), []).append(finding)
    blocks_by_cause = []
    for members in grouped.values():
        head = min(members, key=lambda finding: (-finding.severity, rank[finding.policy], finding.location))
        blocks_by_cause.append(Block(head, tuple(finding for finding in members if finding is not head)))
    return tuple(blocks_by_cause)


def _key(finding: Finding, number: int) -> tuple[str, ...]:
    if not finding.cause:
        return ("alone", str(number))
    if finding.cause.endswith(" is not declared"):
        return ("missing", finding.cause)
    return ("path", finding.cause) if finding.witness else ("policy", finding.policy, finding.cause)
