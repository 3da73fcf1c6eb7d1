"""Findings about what packs provide, which are for the authors of the pack unless a use case that is live here reaches it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph, Node
from shipcheck.language.compile.extends import extended_by
from shipcheck.language.compile.head import peek
from shipcheck.link.link import link
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult, Result
from shipcheck.pipeline.prepare import Prepared
from shipcheck.vocabulary.vocabulary import Vocabulary

CORE = "core"
_NOT_LIVE = frozenset({"candidate"})
_PEOPLE = ("owner", "approvers")


class UpstreamFindings:
    """Judges what packs provide alone, by the policies that the authors judge it by.

    Those are the pack's own, those of the packs that it extends, and those of `core`. Findings of other policies, those more
    severe here, and those that only the repository's components cause stay; so does every finding about a component that a
    live use case of the repository reaches, which is judged as its own. What only doubts the code of a pack's component is always
    for its authors: that code is in the repository where it runs.
    """

    def __init__(self, prepared: Prepared, as_of: date) -> None:
        self._namespaces = prepared.packs.namespaces
        self._vocabulary = prepared.vocabulary
        self._heads = {pack.name: peek(pack.head) for pack in prepared.packs.documents} if self._namespaces else {}
        graph = link(prepared.packs.provided, prepared.vocabulary) if prepared.packs.provided else None
        self._evaluator = Evaluator(graph, prepared.vocabulary, as_of) if isinstance(graph, Graph) else None

    @property
    def has_components(self) -> bool:
        """Whether a pack provides any component."""
        return self._evaluator is not None

    def without(self, result: PolicyResult, policy: Policy, reached: frozenset[str]) -> PolicyResult:
        """A result without what fails in packs alone; a result with too many findings to list is unchanged.

        `reached` are the references of what live use cases reach in the judged graph.
        """
        provided = [finding for finding in result.findings if self._is_upstream(finding, policy)]
        if self._evaluator is None or result.unlisted or not provided:
            return result
        alone = {finding.fingerprint: finding for finding in self._evaluator.evaluate(policy).findings}
        left = {
            one.fingerprint
            for one in provided
            if (same := alone.get(one.fingerprint))
            and (in_doubt_of_code(same, self._vocabulary) or (one.severity <= same.severity and not reached & _components(one)))
        }
        kept = tuple(finding for finding in result.findings if finding.fingerprint not in left)
        gone = len({finding.subject for finding in result.findings} - {finding.subject for finding in kept})
        failed, subjects = max(0, result.failed - gone), max(0, result.subjects - gone)
        word: Result = "fail" if kept or failed else "pass" if subjects else "not_applicable"
        upstream = tuple(finding for finding in provided if finding.fingerprint in left)
        return replace(result, result=word, subjects=subjects, failed=failed, findings=kept, upstream=upstream)

    def _is_upstream(self, finding: Finding, policy: Policy) -> bool:
        """Whether the finding is about something that a pack provides, by a policy that its authors judge it by."""
        space = finding.subject.partition(" ")[0].partition(":")[2].rpartition("/")[0]
        maker = self._namespaces.get(space)
        return maker is not None and policy.pack in {CORE, maker, *extended_by(maker, self._heads)}


def reached_by_live_use_cases(graph: Graph) -> frozenset[str]:
    """The references of every component that a use case reaches over any link or field, unless it is a candidate."""
    stack = [node for node in graph.kinds.get("use_case", ()) if graph.values[node].get("stage") not in _NOT_LIVE]
    reached = set(stack)
    while stack:
        node = stack.pop()
        for other in _named_by(graph, node):
            if other not in reached:
                reached.add(other)
                stack.append(other)
    return frozenset(str(graph.reference(node)) for node in reached)


def _named_by(graph: Graph, node: Node) -> Iterator[Node]:
    """The components that one names in its links and gates, and the teams in its fields."""
    for edge in graph.edges_from(node):
        yield edge.target
        yield from edge.gates
    for field in _PEOPLE:
        value = graph.values[node].get(field)
        yield from value if isinstance(value, tuple) else () if not isinstance(value, int) else (value,)


def _components(finding: Finding) -> frozenset[str]:
    """The references in the subject of a finding, which may be a link, and its target."""
    return frozenset((*finding.subject.partition("#")[0].split(" "), finding.target or ""))


def in_doubt_of_code(finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether it is about a file that a component names, which is in the repository where that runs."""
    return any(field.rpartition(".")[2] in vocabulary.facts for field in finding.assumed)
