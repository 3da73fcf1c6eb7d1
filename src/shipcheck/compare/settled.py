"""Findings about changes that the tip of the base has as well, so that merging the head changes nothing there."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from shipcheck.compare.components import ComponentChanges
from shipcheck.graph.graph import Graph
from shipcheck.model.finding import Finding
from shipcheck.model.report import PolicyResult


def settled(
    results: Iterable[PolicyResult],
    against_tip: Iterable[PolicyResult],
    policies: Collection[str],
    tip: Graph,
    components: ComponentChanges,
) -> tuple[PolicyResult, ...]:
    """The results without the findings of these policies that do not arise `against_tip`, which has the component as well.

    `components` are those of the head compared with those of the tip. One that is gone from the head is gone there, too.
    """
    head = components.head
    arising = {finding.fingerprint for result in against_tip for finding in result.findings}
    kept = {str(head.reference(pair.after)) for pair in components.pairs}
    there = {str(reference) for graph in (tip, head) for reference in graph.index}

    def is_settled(finding: Finding) -> bool:
        ends = [name for name in finding.subject.partition("[")[0].partition("#")[0].split(" ") if ":" in name]
        if finding.fingerprint in arising or not ends:
            return False
        return kept.issuperset(ends) or (len(ends) == 1 and ends[0] not in there)

    return tuple(_without(result, is_settled) if result.policy in policies else result for result in results)


def _without(result: PolicyResult, is_settled: Callable[[Finding], bool]) -> PolicyResult:
    findings = tuple(finding for finding in result.findings if not is_settled(finding))
    gone = len(result.findings) - len(findings)
    if not gone or result.unlisted:
        return result
    return replace(result, findings=findings, failed=max(0, result.failed - gone), result=result.result if findings else "pass")
