"""Findings about what packs provide: those that fail in the pack alone are for its authors, not for each of its users."""

from dataclasses import replace
from datetime import date

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.extends import extended_by
from shipcheck.language.compile.head import peek
from shipcheck.link.link import link
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult, Result
from shipcheck.pipeline.prepare import Prepared
from shipcheck.vocabulary.vocabulary import Vocabulary

CORE = "core"


class UpstreamFindings:
    """Judges what packs provide alone, by the policies that the authors judge it by.

    Those are the pack's own, those of the packs that it extends, and those of `core`. Findings of other policies, those more
    severe here, and those that only the repository's components cause stay.
    """

    def __init__(self, prepared: Prepared, as_of: date) -> None:
        self._namespaces = prepared.packs.namespaces
        self._vocabulary = prepared.vocabulary
        self._heads = {pack.name: peek(pack.head) for pack in prepared.packs.documents} if self._namespaces else {}
        graph = link(prepared.packs.provided, prepared.vocabulary) if prepared.packs.provided else None
        self._evaluator = Evaluator(graph, prepared.vocabulary, as_of) if isinstance(graph, Graph) else None

    def without(self, result: PolicyResult, policy: Policy) -> PolicyResult:
        """A result without what fails in packs alone; a result with too many findings to list is unchanged."""
        provided = [finding for finding in result.findings if self._is_upstream(finding, policy)]
        if self._evaluator is None or result.unlisted or not provided:
            return result
        alone = {finding.fingerprint: finding for finding in self._evaluator.evaluate_alone(policy).findings}
        left = {one.fingerprint for one in provided if (same := alone.get(one.fingerprint)) and one.severity <= same.severity}
        kept = tuple(finding for finding in result.findings if finding.fingerprint not in left)
        gone = len({finding.subject for finding in result.findings} - {finding.subject for finding in kept})
        failed, subjects = max(0, result.failed - gone), max(0, result.subjects - gone)
        word: Result = "fail" if kept or failed else "pass" if subjects else "not_applicable"
        reported = sum(not in_doubt_of_code(alone[fingerprint], self._vocabulary) for fingerprint in left)
        return replace(result, result=word, subjects=subjects, failed=failed, findings=kept, left_to_packs=reported)

    def _is_upstream(self, finding: Finding, policy: Policy) -> bool:
        """Whether the finding is about something that a pack provides, by a policy that its authors judge it by."""
        space = finding.subject.partition(" ")[0].partition(":")[2].rpartition("/")[0]
        maker = self._namespaces.get(space)
        return maker is not None and policy.pack in {CORE, maker, *extended_by(maker, self._heads)}


def in_doubt_of_code(finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether it is about a file that a component names, which is in the repository where that runs."""
    return any(field.rpartition(".")[2] in vocabulary.facts for field in finding.assumed)
