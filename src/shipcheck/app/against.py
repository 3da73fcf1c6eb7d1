"""A repository judged against a base: the base's settings, policies, code owners and teams decide, the head's can only add."""

from dataclasses import dataclass
from datetime import date

from shipcheck.app.base import Base, with_teams
from shipcheck.app.judge import judge
from shipcheck.app.load import Declared, build, manifests_of
from shipcheck.app.prepare import Prepared, Progress
from shipcheck.app.select import select_policies
from shipcheck.compare.findings import fixed, mark, unite
from shipcheck.compare.governance import Governance, weakened
from shipcheck.compare.picture import picture
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.code_owners import same_owners
from shipcheck.graph.graph import Graph
from shipcheck.model.change import Change
from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.policy import Plan, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.sources.governance import SETTINGS
from shipcheck.sources.manifests import find_manifests


@dataclass(frozen=True, slots=True)
class Compared:
    """How the policies came out, `policies` of them, and all that differs from the base; or the problems in the way."""

    results: tuple[PolicyResult, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    files: tuple[File, ...] = ()
    policies: int = 0


class Comparison:
    """One head against one base, on one day."""

    def __init__(self, head: Prepared, base: Base, as_of: date, progress: Progress) -> None:
        self._head = head
        self._base = base
        self._as_of = as_of
        self._progress = progress
        self._same_governance = _governing(head) == _governing(base.tip)

    def compare(self, found: Declared, graph: Graph, names: tuple[str, ...]) -> Compared:
        """Judge by what the head asks and by what the base asks, and say what is different.

        Raises:
            UsageError: a policy that is asked for exists neither here nor in the base.
            CannotJudgeError: a graph asks for more work than the limits allow.
        """
        own, theirs = self._policies(names)
        if not self._base.decides:
            return self._told(graph, self._judge(graph, own), own, own, ())
        by_base = self._declared(found)
        loaded = build(self._head, by_base, self._progress, self._base.tip.source)
        if loaded.graph is None:
            return Compared((), (), loaded.problems, by_base.files)
        results = self._judge(loaded.graph, theirs)
        if not self._is_same(found, by_base):
            results = unite(results, self._judge(graph, own))
        return self._told(graph, results, own, theirs, by_base.files)

    def _policies(self, names: tuple[str, ...]) -> tuple[tuple[Policy, ...], tuple[Policy, ...]]:
        """The policies of the head and those of the base, or those of them that are asked for."""
        own, theirs = self._head.plan, self._base.tip.plan
        return _selected(own, theirs, names), _selected(theirs, own, names)

    def _declared(self, found: Declared) -> Declared:
        """What the head declares, with what only the base takes for a manifest, and with the teams as the base has them."""
        settings = self._base.tip.settings
        known = {file.path for file in found.files}
        more = find_manifests(self._head.source, settings.also, settings.ignore)
        files = tuple(file for file in more.files if file.path not in known)
        manifests, problems = manifests_of(files, self._head, self._progress)
        every = with_teams((*found.manifests, *manifests), self._base.teams)
        return Declared((*found.files, *files), every, (*found.problems, *more.problems, *problems))

    def _is_same(self, found: Declared, by_base: Declared) -> bool:
        """Whether the head by itself asks the same of the same as the base does."""
        same_manifests = all(one is other for one, other in zip(found.manifests, by_base.manifests, strict=False))
        return (
            self._same_governance
            and same_manifests
            and len(found.manifests) == len(by_base.manifests)
            and same_owners(self._head.source, self._base.tip.source)
        )

    def _judge(self, graph: Graph, policies: tuple[Policy, ...]) -> tuple[PolicyResult, ...]:
        return judge(Evaluator(graph, self._head.vocabulary, self._as_of, self._base.graph), policies, self._progress)

    def _before(self, own: tuple[Policy, ...], theirs: tuple[Policy, ...]) -> tuple[PolicyResult, ...]:
        """How the same policies come out where the head parted from the base."""
        graph = self._base.graph
        if graph is None:
            return ()
        plans = (theirs,) if self._same_governance or own is theirs else (theirs, own)
        results: tuple[PolicyResult, ...] = ()
        for policies in plans:
            evaluator = Evaluator(graph, self._head.vocabulary, self._as_of)
            results = unite(results, judge(evaluator, policies, self._progress))
        return results

    def _told(
        self,
        graph: Graph,
        results: tuple[PolicyResult, ...],
        own: tuple[Policy, ...],
        theirs: tuple[Policy, ...],
        files: tuple[File, ...],
    ) -> Compared:
        base, head = self._base, self._head
        if base.graph is None:
            return Compared(results, base.changes, (), files)
        before = self._before(own, theirs)
        gone = fixed(results, before)
        changes = (*gone, *base.changes, *self._authority_changes(graph), *picture(base.graph, graph))
        if base.decides:
            results = (*results, *weakened(_governance(base.tip), _governance(head)))
        return Compared(mark(results, before), changes, (), files)

    def _authority_changes(self, graph: Graph) -> tuple[Change, ...]:
        """Teams and code owners that count as the base has them, and that the head has otherwise."""
        base = self._base
        changes = []
        for reference, team in sorted(base.teams.items()):
            node = graph.index.get(reference)
            if node is not None and graph.components[node].values != team.values:
                message = f"{reference} is changed; until this is merged it counts as the base has it"
                changes.append(Change("team-changed", str(reference), message, graph.place(node)))
        if base.decides and not same_owners(self._head.source, base.tip.source):
            message = "CODEOWNERS is changed; until this is merged it counts as the base has it"
            changes.append(Change("code-owners-changed", "CODEOWNERS", message))
        return tuple(changes)


def _governing(prepared: Prepared) -> dict[str, bytes]:
    return {file.path: file.content for file in prepared.files}


def _governance(prepared: Prepared) -> Governance:
    return Governance(prepared.settings, prepared.plan, whole_file(prepared.source.origin, SETTINGS))


def _selected(plan: Plan, other: Plan, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The policies of a plan that are asked for; a name that only the other plan knows asks for none of this one."""
    known = tuple(name for name in names if _knows(plan, name) or not _knows(other, name))
    return select_policies(plan, known) if known or not names else ()


def _knows(plan: Plan, name: str) -> bool:
    return any(name in {policy.name, policy.id} for policy in plan.policies)
