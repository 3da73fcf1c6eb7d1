"""The head judged against a base: the base's settings, policies, code owners and teams decide, the head's only add."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import is_

from shipcheck.compare.components import Code, compare_components
from shipcheck.compare.file_owners import disowned
from shipcheck.compare.governance import Governance, weakened
from shipcheck.compare.governance_changes import governance_changes
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.hidden import hidden
from shipcheck.compare.introduced import fixed, mark, severities, unite
from shipcheck.compare.rules import RULES, Difference, rule_named
from shipcheck.compare.weaker import Declared as Values
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.about import code_in
from shipcheck.facts.code_left import CodeLeft
from shipcheck.facts.code_owners import owner_files, same_owners, written_owners
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import Pair, code_of, most_bases, pairs
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.policy import Plan, Policy, Severity
from shipcheck.model.report import PolicyResult
from shipcheck.model.waiver import WAIVERS
from shipcheck.pipeline.base import with_teams
from shipcheck.pipeline.comparison import Base, Compared, StoppedError
from shipcheck.pipeline.judge import judge
from shipcheck.pipeline.load import Declared, build, manifests_of
from shipcheck.pipeline.lookup import select_policies
from shipcheck.pipeline.prepare import Prepared, Progress
from shipcheck.pipeline.unread import matches_any
from shipcheck.pipeline.upstream_findings import UpstreamFindings
from shipcheck.sources.git import below_top
from shipcheck.sources.governance_files import SETTINGS
from shipcheck.sources.manifests import find_manifests, read_unread


class Comparison:
    """One head against one base, on one day."""

    def __init__(self, head: Prepared, declared: Declared, base: Base, as_of: date, progress: Progress) -> None:
        self._head = head
        self._declared = declared
        self._base = base
        self._as_of = as_of
        self._progress = progress
        self._own = UpstreamFindings(head, as_of)
        self._found: list[tuple[Graph, tuple[Pair, ...]]] = []
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
            return replace(self._compared(graph, self._judge(graph, own), (own,)), judged=(*own, *RULES))
        by_base = self._declared_by_base()
        loaded = build(self._head, by_base, self._progress, self._base.tip.source)
        if loaded.graph is None:
            raise StoppedError(loaded.every_problem, Compared(files=by_base.files))
        results = self._judge(loaded.graph, theirs)
        if not self._is_same(by_base):
            results = unite(results, self._judge(graph, own))
        compared = self._compared(graph, results, (theirs,) if self._same_governance else (theirs, own))
        named = {policy.name: policy for policy in (*own, *theirs)}
        return replace(compared, files=(*compared.files, *by_base.files), judged=(*named.values(), *RULES))

    def _policies(self, names: tuple[str, ...]) -> tuple[tuple[Policy, ...], tuple[Policy, ...]]:
        """The policies of the head and those of the base, or the requested ones among them."""
        own, theirs = self._head.plan, self._base.tip.plan
        in_packs = tuple(name for name in names if rule_named(name) is None)
        if names and not in_packs:
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

    def _judge(self, graph: Graph, policies: tuple[Policy, ...]) -> tuple[PolicyResult, ...]:
        """The results of policies, compared with every component of the base that one of the head was."""
        base = self._base.graph
        results: tuple[PolicyResult, ...] = ()
        found = self._pairs(graph)
        for choice in range(most_bases(graph, found)):
            evaluator = Evaluator(graph, self._head.vocabulary, self._as_of, base, choice, found)
            results = unite(results, judge(evaluator, policies, self._progress, self._own))
        return results

    def _pairs(self, graph: Graph) -> tuple[Pair, ...]:
        """Which component of the base each of a graph was; found once for each graph."""
        if self._base.graph is None:
            return ()
        known = next((found for one, found in self._found if one is graph), None)
        if known is None:
            known = pairs(self._base.graph, graph)
            self._found.append((graph, known))
        return known

    def _before(self, graph: Graph, plans: Sequence[tuple[Policy, ...]]) -> tuple[PolicyResult, ...]:
        """How the same policies come out over the graph of where the head parted from the base."""
        results: tuple[PolicyResult, ...] = ()
        for policies in plans:
            evaluator = Evaluator(graph, self._head.vocabulary, self._as_of)
            results = unite(results, judge(evaluator, policies, self._progress, self._own))
        return results

    def _compared(self, graph: Graph, results: tuple[PolicyResult, ...], plans: Sequence[tuple[Policy, ...]]) -> Compared:
        base, head = self._base, self._head
        if base.graph is None:
            return Compared(results, base.changes)
        before = self._before(base.graph, plans)
        failing = frozenset((found.policy.rpartition("/")[2], found.subject) for result in results for found in result.findings)
        found, code = self._pairs(graph), Code(code_in(head.source), CodeLeft(head.source, base.source, self._changed()))
        declared, weight = Values(base.graph, graph, found, head.vocabulary), Gravity(base.graph, graph, head.vocabulary)
        components = compare_components(declared, found, code, weight, failing)
        gravity = weight.of_rules
        changes = (
            *fixed(results, before, components.names),
            *base.changes,
            *self._authority_changes(graph),
            *self._governance_changes(),
            *(governance_changes(_governance(base.tip), _governance(head)) if base.decides else ()),
            *self._gate_code_changes(graph),
            *components.changes,
        )
        unread = self._unread() if components.missing else ()
        results = (*results, *components.results, self._hidden(components.missing, unread, gravity))
        if base.decides:
            results = (*results, *weakened(_governance(base.tip), _governance(head), gravity, self._disowned(graph)))
        return Compared(
            mark(results, before, components.names),
            changes,
            unread,
            severities_before=severities(before, components.names),
            riskier_components=components.riskier,
        )

    def _changed(self) -> set[str]:
        """The changed paths below the root, from there."""
        prefix = below_top(self._head.root)
        return {path.removeprefix(prefix) for path in self._base.changed if path.startswith(prefix)}

    def _unread(self) -> tuple[File, ...]:
        """What could be manifests of the head, and is read as none."""
        return read_unread(self._head.source, {file.path for file in self._declared.files}, self._changed())

    def _hidden(self, missing: frozenset[Reference], unread: tuple[File, ...], severity: Severity) -> PolicyResult:
        """Whether what is gone is declared where no manifest is read, or is said not to be there."""
        manifests, _ = manifests_of(unread, self._head, self._progress)
        absence = next((manifest.absence for manifest in self._declared.manifests if manifest.absence), None)
        return hidden(missing, manifests, absence.source.locate(absence.place) if absence else None, severity)

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

    def _disowned(self, graph: Graph) -> list[Difference]:
        """What governs whose code owners are others: settings, policies, manifests, and the code of what controls."""
        own, theirs = self._head.source, self._base.tip.source
        if same_owners(own, theirs):
            return []
        paths = {*own.governance(), *owner_files(own), *owner_files(theirs), *(file.path for file in self._declared.files)}
        controls = (node for kind in ("gate", "audit_sink") for node in graph.kinds.get(kind, ()))
        paths.update(file for node in controls for file, _ in code_of(graph, node))
        place = whole_file(own.origin, next(iter(owner_files(own)), "CODEOWNERS"))
        return disowned(written_owners(theirs, paths), written_owners(own, paths), place)

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
        prefix = below_top(self._head.root)
        for node in graph.kinds.get("gate", ()):
            files = {file for file, _ in code_of(graph, node) if f"{prefix}{file}" in self._base.changed}
            owner = graph.values[node].get("owner")
            reviewer = f"; {graph.reference(owner)} owns the gate" if isinstance(owner, int) else ""
            for file in sorted(files):
                message = f"{file}, code of {graph.reference(node)}, is changed{reviewer}"
                yield Change("gate-code-changed", str(graph.reference(node)), message, graph.place(node))


def _governing(prepared: Prepared) -> dict[str, bytes]:
    """The files that decide how anything is judged; waivers apply afterwards."""
    return {file.path: file.content for file in prepared.files if file.path != WAIVERS}


def _governance(prepared: Prepared) -> Governance:
    place = whole_file(prepared.source.origin, SETTINGS)
    matches = partial(matches_any, source=prepared.source)
    return Governance(prepared.settings, prepared.plan, place, prepared.waivers, matches=matches)


def _selected(plan: Plan, other: Plan, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The requested policies of a plan; a name that only the other plan has selects none of this one."""
    known = tuple(name for name in names if _knows(plan, name) or not _knows(other, name))
    return select_policies(plan, known) if known or not names else ()


def _knows(plan: Plan, name: str) -> bool:
    return any(name in {policy.name, policy.id} for policy in plan.policies)
