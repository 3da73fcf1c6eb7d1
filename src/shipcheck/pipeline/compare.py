"""The head judged against a base: the base's settings, policies, code owners and teams decide, the head's only add."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import is_
from typing import NamedTuple, TypeAlias

from shipcheck.compare.components import Code, ComponentChanges, compare_components
from shipcheck.compare.file_owners import disowned
from shipcheck.compare.governance import Governance, weakened
from shipcheck.compare.governance_changes import governance_changes
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.hidden import hidden
from shipcheck.compare.introduced import announce, fixed, mark, severities, unite
from shipcheck.compare.proposed import consented_more, waived_more
from shipcheck.compare.rules import RULES, Difference, rule_named
from shipcheck.compare.settled import settled
from shipcheck.compare.touched import Touched
from shipcheck.compare.weaker import Declared as Values
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.about import code_in
from shipcheck.facts.code_left import CodeLeft
from shipcheck.facts.code_owners import owner_files, same_owners, written_owners
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import Pair, code_of, most_bases, pairs
from shipcheck.link.as_seen_by import as_seen_by
from shipcheck.model.change import Change
from shipcheck.model.component import Manifest, Reference
from shipcheck.model.document import File
from shipcheck.model.location import TOPS, whole_file
from shipcheck.model.policy import Plan, Policy, Severity
from shipcheck.model.report import PolicyResult
from shipcheck.model.traverse import reads_base
from shipcheck.model.waiver import WAIVERS
from shipcheck.pipeline.base import with_teams
from shipcheck.pipeline.comparison import Base, Compared, Seen, StoppedError
from shipcheck.pipeline.consents import Consents, Linked
from shipcheck.pipeline.judge import judge
from shipcheck.pipeline.load import Declared, build, manifests_of
from shipcheck.pipeline.lookup import select_policies
from shipcheck.pipeline.own_packs import pack_folders
from shipcheck.pipeline.prepare import Prepared, Progress
from shipcheck.pipeline.since import applying, not_yet
from shipcheck.pipeline.unread import ignored_with_base, matches_any
from shipcheck.pipeline.upstream_findings import UpstreamFindings
from shipcheck.sources.git import below_top
from shipcheck.sources.governance_files import SETTINGS
from shipcheck.sources.manifests import find_manifests, read_unread

# Findings of the base are named, and shown only where they are fixed; their explanations take as long as those of the head.
_FEW = 50
Results: TypeAlias = tuple[PolicyResult, ...]


class Comparison:
    """One head against one base, on one day."""

    def __init__(self, head: Prepared, declared: Declared, base: Base, as_of: date, progress: Progress) -> None:
        self._head = head
        self._declared = declared
        self._base = base
        self._as_of = as_of
        self._progress = progress
        self._read_by = (head.vocabulary, base.tip.vocabulary)
        self._own = {
            id(seen): UpstreamFindings(replace(head, vocabulary=seen.vocabulary), as_of)
            for seen in (base.seen, base.seen_by_head)
        }
        self._found: list[tuple[Graph, Graph, tuple[Pair, ...]]] = []
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
            compared = self._compared(graph, (_Side(graph, own, self._base.seen),))
            return replace(compared, judged=(*own, *RULES), graphs=(graph,))
        by_base = self._declared_by_base()
        seen, seen_by_head = self._base.seen, self._base.seen_by_head
        sides: tuple[_Side, ...] = (
            _Side(self._linked(by_base, self._base.tip.source), theirs, seen),
            _Side(graph, own, seen_by_head),
        )
        if seen is not seen_by_head:
            manifests, provided = self._seen(self._declared.manifests), self._seen(self._declared.provided)
            graph = self._linked(replace(self._declared, manifests=manifests, provided=provided))
        sides = sides[:1] if self._is_same(by_base) else sides
        compared = self._compared(graph, sides)
        named = {policy.name: policy for policy in (*own, *theirs)}
        files, graphs = (*compared.files, *by_base.files), tuple(side.graph for side in sides)
        return replace(compared, files=files, judged=(*named.values(), *RULES), graphs=graphs)

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
        tip = self._base.tip
        ignored = ignored_with_base(self._head, tip)
        more = find_manifests(self._head.source, settings.also, ignored, pack_folders(self._head, tip))
        files = tuple(file for file in more.files if file.path not in known)
        manifests, problems = manifests_of(files, self._head, self._progress)
        every = self._seen(with_teams((*declared.manifests, *manifests), self._base.teams))
        found = (problem for problem in more.problems if problem not in declared.aside)
        wrong = (*declared.problems, *found, *problems)
        provided = self._seen(with_teams(declared.provided, self._base.teams))
        return Declared((*declared.files, *files), every, wrong, (), provided, declared.aside)

    def _linked(self, declared: Declared, owners: Tree | None = None) -> Graph:
        """The graph of what is declared, by the vocabulary of the base.

        Raises:
            StoppedError: it cannot be linked.
        """
        head = replace(self._head, vocabulary=self._base.seen.vocabulary)
        loaded = build(head, declared, self._progress, owners)
        if loaded.graph is None:
            raise StoppedError(loaded.every_problem, Compared(files=declared.files))
        return loaded.graph

    def _seen(self, manifests: tuple[Manifest, ...]) -> tuple[Manifest, ...]:
        """Manifests of the head, with the fields of packs as the base has them."""
        return as_seen_by(self._base.seen.vocabulary, manifests, self._read_by)

    def _is_same(self, by_base: Declared) -> bool:
        """Whether head and base judge the same manifests by the same policies."""
        own = (*self._declared.manifests, *self._declared.provided)
        theirs = (*by_base.manifests, *by_base.provided)
        same_manifests = len(own) == len(theirs) and all(map(is_, own, theirs))
        return self._same_governance and same_manifests and same_owners(self._head.source, self._base.tip.source)

    def _judge(self, side: "_Side", *, against_tip: bool = False) -> tuple[PolicyResult, ...]:
        """The results of policies, compared with every component of the base that one of the head was."""
        graph, policies, seen = side
        base = seen.tip if against_tip else seen.parted
        results: tuple[PolicyResult, ...] = ()
        found = () if base is None else self._pairs(base, graph)
        for choice in range(most_bases(graph, found)):
            evaluator = Evaluator(graph, seen.vocabulary, self._as_of, base, choice, found)
            results = unite(results, judge(evaluator, policies, self._progress, self._own[id(seen)]))
        return results

    def _pairs(self, base: Graph, graph: Graph) -> tuple[Pair, ...]:
        """Which component of the base each of a graph was; found once for each two graphs."""
        known = next((found for one, other, found in self._found if one is base and other is graph), None)
        if known is None:
            known = pairs(base, graph)
            self._found.append((base, graph, known))
        return known

    def _components(self, base: Graph, graph: Graph, gravity: Gravity, judged: Sequence[Results]) -> ComponentChanges:
        """The components of a graph compared with those of the base that they were, next to what policies find."""
        head, found = self._head, self._pairs(base, graph)
        failing = frozenset(
            (item.policy.rpartition("/")[2], item.subject) for side in judged for result in side for item in result.findings
        )
        code = Code(code_in(head.source), CodeLeft(head.source, self._base.parted.source, self._changed()))
        return compare_components(Values(base, graph, found, self._base.seen.vocabulary), found, code, gravity, failing)

    def _before(self, side: "_Side", most_explained: int | None = None) -> Results:
        """How the same policies come out over the graph of where the head parted from the base."""
        _, policies, seen = side
        if seen.parted is None:  # pragma: no cover - nothing is compared then
            return ()
        evaluator = Evaluator(seen.parted, seen.vocabulary, self._as_of)
        return judge(evaluator, policies, self._progress, self._own[id(seen)], most_explained)

    def _compared(self, graph: Graph, sides: Sequence["_Side"]) -> Compared:
        """The findings of each side, marked by what the base has, and what differs; the first side is the one with authority."""
        base, head = self._base, self._head
        judged = [self._judge(side) for side in sides]
        if base.graph is None:
            return Compared(_united(judged), base.changes)
        gravity = Gravity(base.graph, graph, base.seen.vocabulary)
        components = self._components(base.graph, graph, gravity, judged)
        before = [self._before(sides[0], _FEW), *map(self._before, sides[1:])]
        marked = self._marked(judged, before, components)
        unread = self._unread() if components.missing else ()
        hidden = self._hidden(components.missing, unread, gravity.of_rules)
        rules = (*components.results, hidden, *self._weakened(graph, gravity.of_rules))
        later = not_yet(base.tip if base.decides else head)
        results = (*marked, *mark((rule for rule in rules if rule.policy not in later), (), {}))
        changes = (
            *self._proposed(components.names),
            *fixed(marked, _united(before), components.names),
            *base.changes,
            *self._authority_changes(graph),
            *self._governance_changes(),
            *(governance_changes(_governance(base.tip), _governance(head)) if base.decides else ()),
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
        return self._with_consents(compared, sides, before[0], components)

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

    def _weakened(self, graph: Graph, severity: Severity) -> tuple[PolicyResult, ...]:
        if not self._base.decides:
            return ()
        return weakened(_governance(self._base.tip), _governance(self._head), severity, self._disowned(graph))

    def _proposed(self, names: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
        """The waivers and consents that only the head has, first: they do nothing until the base has them."""
        if not self._base.decides:
            return ()
        tip, head = self._base.tip, self._head
        return (*waived_more(tip.waivers, head.waivers, names), *consented_more(tip.consents, head.consents))

    def _unsettled(self, results: tuple[PolicyResult, ...], sides: Sequence["_Side"]) -> tuple[PolicyResult, ...]:
        """The results without findings about changes that the tip of the base has as well: these change nothing there."""
        (vocabulary, _, tip), graph = self._base.seen, sides[0].graph
        if tip is None:
            return results
        reading = {policy.name for side in sides for policy in side.policies if reads_base(policy)}
        reading_base = [side._replace(policies=tuple(filter(reads_base, side.policies))) for side in sides]
        against = [self._judge(side, against_tip=True) for side in reading_base]
        components = self._components(tip, graph, Gravity(tip, graph, vocabulary), against)
        rules = components.results
        reading |= {result.policy for result in rules}
        return settled(results, (*_united(against), *rules), reading, tip, components)

    def _with_consents(
        self, compared: Compared, sides: Sequence["_Side"], before: Results, components: ComponentChanges
    ) -> Compared:
        """The results with what consents of the base cover, and with the consent to each edit that is a weakening."""
        base = self._base
        if base.graph is None or not base.decides:
            return compared

        def judged(linked: Linked) -> tuple[PolicyResult, ...] | None:
            """The results of every side over components that are linked by its vocabulary; None where they cannot be."""
            vocabularies = {id(side.seen.vocabulary): side.seen.vocabulary for side in sides}
            graphs = {key: linked(vocabulary) for key, vocabulary in vocabularies.items()}
            made = [side._replace(graph=graph) for side in sides if (graph := graphs[id(side.seen.vocabulary)]) is not None]
            return _united([self._judge(side) for side in made]) if len(made) == len(sides) else None

        consents = Consents(self._head, base, components, self._as_of, judged)
        return consents.applied(compared, before)

    def _changed(self) -> set[str]:
        """The changed paths below the root, from there."""
        prefix = below_top(self._head.root)
        return {path.removeprefix(prefix) for path in self._base.changed if path.startswith(prefix)}

    def _unread(self) -> tuple[File, ...]:
        """What could be manifests of the head, and is read as none."""
        known = {file.path for file in self._declared.files} | {problem.location.path for problem in self._declared.aside}
        return read_unread(self._head.source, known, self._changed())

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
        controls = (
            node for kind in self._head.vocabulary.kinds.values() if kind.is_control for node in graph.kinds.get(kind.name, ())
        )
        paths.update(file for node in controls for file, _ in code_of(graph, node))
        place = whole_file(own.origin, next(iter(owner_files(own)), "CODEOWNERS"))
        return disowned(written_owners(theirs, paths), written_owners(own, paths), place)

    def _governance_changes(self) -> Iterator[Change]:
        """Every file of governance that the head adds, changes or deletes."""
        before, after = _by_place(self._base.tip), _by_place(self._head)
        for key in sorted(before.keys() | after.keys()):
            file = after.get(key, before.get(key))
            if file is None or (key in before and key in after and before[key].content == after[key].content):
                continue
            what = "was removed" if key not in after else "is changed" if key in before else "is new"
            yield Change("governance-changed", file.path, f"{file.path} {what}", whole_file(file.origin, file.path))

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
    """One authority: the graph of the head as it sees it, its policies, and the base as it sees that."""

    graph: Graph
    policies: tuple[Policy, ...]
    seen: Seen


def _united(sides: Sequence[Results]) -> Results:
    first, *others = sides
    for other in others:
        first = unite(first, other)
    return first


_Place = tuple[bool, str]


def _by_place(prepared: Prepared) -> dict[_Place, File]:
    """The files of governance by their paths, those at the top of the repository apart from those of a root below it."""
    return {(file.origin in TOPS, file.path): file for file in prepared.files}


def _governing(prepared: Prepared) -> dict[_Place, bytes]:
    """The files that decide how anything is judged; waivers apply afterwards."""
    return {place: file.content for place, file in _by_place(prepared).items() if file.path != WAIVERS}


def _governance(prepared: Prepared) -> Governance:
    place = whole_file((prepared.top or prepared).source.origin, SETTINGS)
    matches = partial(matches_any, source=prepared.source)
    return Governance(prepared.settings, prepared.plan, place, prepared.waivers, matches=matches)


def _selected(plan: Plan, other: Plan, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The requested policies of a plan; a name that only the other plan has selects none of this one."""
    known = tuple(name for name in names if _knows(plan, name) or not _knows(other, name))
    return select_policies(plan, known) if known or not names else ()


def _knows(plan: Plan, name: str) -> bool:
    return any(name in {policy.name, policy.id} for policy in plan.policies)
