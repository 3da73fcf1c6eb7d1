"""The head judged against a base: the base's settings, policies, code owners and teams decide, the head's only add."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import is_
from typing import NamedTuple, TypeAlias

from shipcheck.compare.components import ComponentChanges, compare_components
from shipcheck.compare.governance import Governance, weakened
from shipcheck.compare.hidden import hidden
from shipcheck.compare.introduced import announce, fixed, mark, severities, unite
from shipcheck.compare.proposed import consented_more, waived_more
from shipcheck.compare.rules import RULES, rule_named
from shipcheck.compare.settled import settled
from shipcheck.compare.touched import Touched
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.about import code_in
from shipcheck.facts.code_owners import same_owners
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import code_of, most_bases, pairs
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.policy import Plan, Policy
from shipcheck.model.report import PolicyResult
from shipcheck.model.traverse import reads_base
from shipcheck.model.waiver import WAIVERS
from shipcheck.pipeline.base import with_teams
from shipcheck.pipeline.comparison import Base, Compared, StoppedError
from shipcheck.pipeline.consents import Consents
from shipcheck.pipeline.judge import judge
from shipcheck.pipeline.load import Declared, build, manifests_of
from shipcheck.pipeline.lookup import select_policies
from shipcheck.pipeline.prepare import Prepared, Progress
from shipcheck.pipeline.since import applying, not_yet
from shipcheck.pipeline.upstream_findings import UpstreamFindings
from shipcheck.sources.git import below_top
from shipcheck.sources.governance_files import SETTINGS
from shipcheck.sources.manifests import find_manifests, read_unread

Results: TypeAlias = tuple[PolicyResult, ...]


class Comparison:
    """One head against one base, on one day."""

    def __init__(self, head: Prepared, declared: Declared, base: Base, as_of: date, progress: Progress) -> None:
        self._head = head
        self._declared = declared
        self._base = base
        self._as_of = as_of
        self._progress = progress
        self._own = UpstreamFindings(head, as_of)
        self._same_governance = _governing(head) == _governing(base.tip)

    def compare(self, graph: Graph, names: tuple[str, ...]) -> Compared:
        """Judge by the policies of head and base, and list what differs.

        Raises:
            UsageError: a requested policy exists neither in the head nor in the base.
            CannotJudgeError: a graph exceeds the limits of a run.
            StoppedError: the base's settings name more manifests, and these cannot be linked.
        """
        own, theirs = self._policies(names)
        if not self._base.decides:
            return replace(self._compared(graph, (_Side(graph, own),)), judged=(*own, *RULES))
        by_base = self._declared_by_base()
        loaded = build(self._head, by_base, self._progress, self._base.tip.source)
        if loaded.graph is None:
            raise StoppedError(loaded.every_problem, Compared(files=by_base.files))
        sides = (_Side(loaded.graph, theirs), _Side(graph, own))
        compared = self._compared(graph, sides[:1] if self._is_same(by_base) else sides)
        named = {policy.name: policy for policy in (*own, *theirs)}
        return replace(compared, files=(*compared.files, *by_base.files), judged=(*named.values(), *RULES))

    def _policies(self, names: tuple[str, ...]) -> tuple[tuple[Policy, ...], tuple[Policy, ...]]:
        """The policies of the head and those of the base, or the requested ones among them."""
        own, theirs = self._head.plan, self._base.tip.plan
        if not names:
            return applying(own.policies, self._head), applying(theirs.policies, self._base.tip)
        in_packs = tuple(name for name in names if rule_named(name) is None)
        if not in_packs:
            return (), ()
        return _selected(own, theirs, in_packs), _selected(theirs, own, in_packs)

    def _declared_by_base(self) -> Declared:
        """What the head declares, with what only the base takes for a manifest, and with the teams as the base has them."""
        settings, declared = self._base.tip.settings, self._declared
        known = {file.path for file in declared.files}
        more = find_manifests(self._head.source, settings.also, settings.ignore)
        files = tuple(file for file in more.files if file.path not in known)
        manifests, problems = manifests_of(files, self._head, self._progress)
        every = with_teams((*declared.manifests, *manifests), self._base.teams)
        wrong = (*declared.problems, *more.problems, *problems)
        return Declared((*declared.files, *files), every, wrong, (), with_teams(declared.provided, self._base.teams))

    def _is_same(self, by_base: Declared) -> bool:
        """Whether head and base judge the same manifests by the same policies."""
        own = (*self._declared.manifests, *self._declared.provided)
        theirs = (*by_base.manifests, *by_base.provided)
        same_manifests = len(own) == len(theirs) and all(map(is_, own, theirs))
        return self._same_governance and same_manifests and same_owners(self._head.source, self._base.tip.source)

    def _judge(self, side: "_Side", base: Graph | None) -> tuple[PolicyResult, ...]:
        """The results of policies, compared with every component of the base that one of the head was."""
        graph, policies = side
        results: tuple[PolicyResult, ...] = ()
        for choice in range(1 if base is None else most_bases(graph, pairs(base, graph))):
            evaluator = Evaluator(graph, self._head.vocabulary, self._as_of, base, choice)
            results = unite(results, judge(evaluator, policies, self._progress, self._own))
        return results

    def _before(self, graph: Graph, policies: tuple[Policy, ...]) -> tuple[PolicyResult, ...]:
        """How the same policies come out over the graph of where the head parted from the base."""
        evaluator = Evaluator(graph, self._head.vocabulary, self._as_of)
        return judge(evaluator, policies, self._progress, self._own)

    def _compared(self, graph: Graph, sides: Sequence["_Side"]) -> Compared:
        """The findings of each side, marked by what the base has, and what differs; the first side is the one with authority."""
        base, head = self._base, self._head
        judged = [self._judge(side, base.graph) for side in sides]
        if base.graph is None:
            return Compared(_united(judged), base.changes)
        components = compare_components(base.graph, graph, head.vocabulary, code_in(head.source))
        before = [self._before(base.graph, side.policies) for side in sides]
        marked = self._marked(judged, before, components)
        unread = self._unread() if components.missing else ()
        rules = (*components.results, self._hidden(components.missing, unread), *self._weakened())
        later = not_yet(base.tip if base.decides else head)
        results = (*marked, *mark((rule for rule in rules if rule.policy not in later), (), {}))
        changes = (
            *self._proposed(components.names),
            *fixed(marked, _united(before), components.names),
            *base.changes,
            *self._authority_changes(graph),
            *self._governance_changes(),
            *self._gate_code_changes(graph),
            *self._waived_code_changes(graph),
            *components.changes,
        )
        compared = Compared(
            self._unsettled(results, sides),
            changes,
            unread,
            severities_before=severities(before[0], components.names),
            riskier_components=components.riskier,
            renamed=components.names,
        )
        return self._with_consents(compared, sides, before[0])

    def _marked(
        self, judged: Sequence[Results], before: Sequence[Results], components: ComponentChanges
    ) -> tuple[PolicyResult, ...]:
        """The results of all sides in one; what only the rules of the head find in what the base has is announced."""
        first = mark(judged[0], before[0], components.names, self._base.unreadable)
        if len(judged) == 1:
            return first
        known = severities(before[0], components.names)
        touched = Touched(components, self._base.changed, below_top(self._head.root))
        return unite(first, announce(judged[1], before[1], known, touched))

    def _weakened(self) -> tuple[PolicyResult, ...]:
        return weakened(_governance(self._base.tip), _governance(self._head)) if self._base.decides else ()

    def _proposed(self, names: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
        """The waivers and consents that only the head has, first: they do nothing until the base has them."""
        if not self._base.decides:
            return ()
        tip, head = self._base.tip, self._head
        return (*waived_more(tip.waivers, head.waivers, names), *consented_more(tip.consents, head.consents))

    def _unsettled(self, results: tuple[PolicyResult, ...], sides: Sequence["_Side"]) -> tuple[PolicyResult, ...]:
        """The results without findings about changes that the tip of the base has as well: these change nothing there."""
        tip, graph = self._base.tip_graph, sides[0].graph
        if tip is None:
            return results
        reading = {policy.name for side in sides for policy in side.policies if reads_base(policy)}
        against = [self._judge(_Side(side.graph, tuple(filter(reads_base, side.policies))), tip) for side in sides]
        rules = compare_components(tip, graph, self._head.vocabulary, code_in(self._head.source)).results
        reading |= {result.policy for result in rules}
        return settled(results, (*_united(against), *rules), reading, tip, graph)

    def _with_consents(self, compared: Compared, sides: Sequence["_Side"], before: Results) -> Compared:
        """The results with what consents of the base cover, and with the consent to each edit that is a weakening."""
        base, side = self._base, sides[0]
        if base.graph is None or not base.decides:
            return compared

        def judged(graph: Graph) -> tuple[PolicyResult, ...]:
            return _united([self._judge(_Side(graph, one.policies), base.graph) for one in sides])

        consents = Consents(self._head, base, side.graph, self._as_of, judged)
        return consents.applied(compared, before)

    def _unread(self) -> tuple[File, ...]:
        """What could be manifests of the head, and is read as none."""
        prefix = below_top(self._head.root)
        changed = {path.removeprefix(prefix) for path in self._base.changed if path.startswith(prefix)}
        return read_unread(self._head.source, {file.path for file in self._declared.files}, changed)

    def _hidden(self, missing: frozenset[Reference], unread: tuple[File, ...]) -> PolicyResult:
        """Whether what is gone is declared where no manifest is read, or is said not to be there."""
        manifests, _ = manifests_of(unread, self._head, self._progress)
        absence = next((manifest.absence for manifest in self._declared.manifests if manifest.absence), None)
        return hidden(missing, manifests, absence.source.locate(absence.place) if absence else None)

    def _authority_changes(self, graph: Graph) -> tuple[Change, ...]:
        """Teams and code owners that differ in the head, and count as the base has them."""
        base = self._base
        changes = []
        for reference, team in sorted(base.teams.items()):
            node = graph.index.get(reference)
            if node is not None and graph.components[node].values != team.values:
                message = f"{reference} is changed; until this is merged, the base's version counts"
                changes.append(Change("team-changed", str(reference), message, graph.place(node)))
        if base.decides and not same_owners(self._head.source, base.tip.source):
            message = "CODEOWNERS is changed; until this is merged, the base's version counts"
            changes.append(Change("code-owners-changed", "CODEOWNERS", message))
        return tuple(changes)

    def _governance_changes(self) -> Iterator[Change]:
        """Every file of governance that the head adds, changes or deletes."""
        before = {file.path: file for file in self._base.tip.files}
        after = {file.path: file for file in self._head.files}
        for path in sorted(before.keys() | after.keys()):
            file = after.get(path, before.get(path))
            if file is None or (path in before and path in after and before[path].content == after[path].content):
                continue
            what = "was removed" if path not in after else "is changed" if path in before else "is new"
            yield Change("governance-changed", path, f"{path} {what}", whole_file(file.origin, path))

    def _gate_code_changes(self, graph: Graph) -> Iterator[Change]:
        """Every changed file that a gate names, for the owner of the gate."""
        for node in graph.kinds.get("gate", ()):
            owner = graph.values[node].get("owner")
            reviewer = f"; {graph.reference(owner)} owns the gate" if isinstance(owner, int) else ""
            for file in self._changed_code(graph, node):
                message = f"{file}, code of {graph.reference(node)}, is changed{reviewer}"
                yield Change("gate-code-changed", str(graph.reference(node)), message, graph.place(node))

    def _waived_code_changes(self, graph: Graph) -> Iterator[Change]:
        """Every changed file that a component with a waiver names; the waiver still applies."""
        if not self._base.decides:
            return
        named = {name for waiver in self._base.tip.waivers for name in (waiver.subject, waiver.target)}
        for reference, node in graph.index.items():
            if str(reference) in named and reference.kind != "gate":
                for file in self._changed_code(graph, node):
                    message = f"{file}, code of {reference}, is changed; a waiver names {reference}"
                    yield Change("waived-code-changed", str(reference), message, graph.place(node))

    def _changed_code(self, graph: Graph, node: int) -> list[str]:
        prefix = below_top(self._head.root)
        return sorted({file for file, _ in code_of(graph, node) if f"{prefix}{file}" in self._base.changed})


class _Side(NamedTuple):
    """One authority: the graph of the head as it sees it, and its policies."""

    graph: Graph
    policies: tuple[Policy, ...]


def _united(sides: Sequence[Results]) -> Results:
    first, *others = sides
    for other in others:
        first = unite(first, other)
    return first


def _governing(prepared: Prepared) -> dict[str, bytes]:
    """The files that decide how anything is judged; waivers apply afterwards."""
    return {file.path: file.content for file in prepared.files if file.path != WAIVERS}


def _governance(prepared: Prepared) -> Governance:
    return Governance(prepared.settings, prepared.plan, whole_file(prepared.source.origin, SETTINGS))


def _selected(plan: Plan, other: Plan, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The requested policies of a plan; a name that only the other plan has selects none of this one."""
    known = tuple(name for name in names if _knows(plan, name) or not _knows(other, name))
    return select_policies(plan, known) if known or not names else ()


def _knows(plan: Plan, name: str) -> bool:
    return any(name in {policy.name, policy.id} for policy in plan.policies)
