"""The base that a repository is compared with: who decides, and what was there where the head parted from it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import former_names
from shipcheck.link.as_seen_by import as_seen_by
from shipcheck.link.partial import link_partially
from shipcheck.model.change import Against, Change
from shipcheck.model.component import Component, Manifest
from shipcheck.model.consent import Consent
from shipcheck.model.edit import Edit
from shipcheck.model.location import BASE, MERGE_BASE
from shipcheck.model.problem import Problem
from shipcheck.packs.rollback import rolled_back
from shipcheck.pipeline.comparison import NOT_COMPARABLE, Base, Seen, Teams
from shipcheck.pipeline.load import Declared, add_facts, declared
from shipcheck.pipeline.packs.verify import untrusted
from shipcheck.pipeline.prepare import Prepared, Progress, as_top, prepare_source, waivers_in
from shipcheck.pipeline.roots import prepare_below
from shipcheck.sources.governance_files import read_waivers_file
from shipcheck.sources.objects import list_revision
from shipcheck.sources.revisions import changed_paths, commit_of, merge_base, merge_bases
from shipcheck.vocabulary.extended import records_of, united
from shipcheck.vocabulary.vocabulary import Vocabulary

_TEAM = "team"


def read_base(head: Prepared, name: str, as_of: date, progress: Progress) -> Base:
    """The base called `name`, for a prepared `head`; its packs are compiled as of `as_of`.

    Raises:
        UsageError: `name` cannot be the name of a revision.
        CannotJudgeError: the base, or where the head parted from it, is not in this clone.
    """
    root = head.root
    tip_commit = commit_of(root, name, as_base=True)
    own = head.source.revision or commit_of(root, "HEAD")
    parted = merge_base(root, tip_commit, own, name)
    tip = _prepared(head, tip_commit, BASE, as_of)
    now = declared(tip, progress)
    empty = not now.files and not tip.source.governance() and not (tip.top and tip.top.source.governance())
    against = Against(name, tip_commit, parted, "head" if empty else BASE)
    teams = {} if empty else _teams((*now.manifests, *now.provided))
    before, then = (tip, now)
    if parted != tip_commit:
        before = _prepared(head, parted, MERGE_BASE, as_of)
        then = declared(before, progress)
    by_tip, by_head = vocabularies(head, tip, before, decides=not empty)
    graphs = _Graphs(tip, teams, (before, then), None if then is now else now)
    seen, changes = graphs.seen(by_tip)
    seen_by_head = seen if by_head is by_tip else graphs.seen(by_head)[0]
    if then is not now:
        changes = (*(_not_comparable(problem) for problem in now.problems if now.files), *changes)
    files = (*tip.files, *now.files, *before.files, *then.files)
    changed = changed_paths(root, parted, head.source)
    others = tuple(one for one in merge_bases(root, tip_commit, own) if one != parted)
    consented = _consented((head.top or head).root, tip, before, others)
    return Base(against, tip, teams, seen, seen_by_head, changes, files, changed, before.lock, before, consented)


def _consented(root: Path, tip: Prepared, before: Prepared, others: tuple[str, ...]) -> frozenset[Edit]:
    """The edits to which the base has consented in its tip and in every commit where the head may have parted from it."""
    edits = {consent.edit for consent in tip.consents} & {consent.edit for consent in before.consents}
    for commit in others if edits else ():
        there, _ = waivers_in(read_waivers_file(list_revision(root, commit, MERGE_BASE)))
        edits &= {item.edit for item in there if isinstance(item, Consent)}
    return frozenset(edits)


def _prepared(head: Prepared, commit: str, origin: str, as_of: date) -> Prepared:
    """The settings and packs of a commit, for the root of the head."""
    source = list_revision(head.root, commit, origin)
    if head.top is None:
        return prepare_source(head.root, source, as_of)
    top = prepare_source(head.top.root, as_top(list_revision(head.top.root, commit, origin)), as_of)
    return prepare_below(top, head.root, source, as_of)


def rolled_back_packs(head: Prepared, base: Base) -> tuple[Problem, ...]:
    """Packs that the head has in an older version than the base, with other files, or not signed as the base requires."""
    if not base.decides:
        return ()
    locked = rolled_back(head.lock, base.tip.lock, base.locked, head.source.origin)
    distrusted = untrusted(base.tip.settings.trust, head.packs.committed, head.source.origin)
    return (*locked, *(problem for problem in distrusted if problem not in head.other_problems))


def with_teams(manifests: tuple[Manifest, ...], teams: Teams) -> tuple[Manifest, ...]:
    """The manifests with every team that these know said as they say it; the very same ones where nothing differs."""
    return tuple(_with_teams(manifest, teams) for manifest in manifests)


def _with_teams(manifest: Manifest, teams: Teams) -> Manifest:
    components = [_as_in_base(component, teams) for component in manifest.components]
    if all(one.values == other.values for one, other in zip(components, manifest.components, strict=True)):
        return manifest
    return manifest._replace(components=tuple(components))


def _as_in_base(component: Component, teams: Teams) -> Component:
    """A team as the base declares it, under any name; of several, the one that may decide least."""
    reference = component.reference
    if reference.kind != _TEAM or reference in teams:
        return teams.get(reference, component)
    was = component.values.get("was")
    named = former_names(reference, was) if isinstance(was, str) else ()
    bases = [team for known, team in teams.items() if known in named or known.name == reference.name]
    if not bases:
        return component
    own = {"was": was} if named else {}
    return component._replace(values=max(bases, key=_restriction).values | own)


def _restriction(team: Component) -> tuple[bool, int]:
    """How little a team may decide: inactive ones nothing, end users less than vendors, vendors less than staff."""
    kinds = ("staff", "vendor", "end_users")
    kind = team.values.get("type", "staff")
    return team.values.get("active") is False, kinds.index(kind) if kind in kinds else 0


def _teams(manifests: tuple[Manifest, ...]) -> Teams:
    components = (component for manifest in manifests for component in manifest.components)
    return {component.reference: component for component in components if component.reference.kind == _TEAM}


@dataclass(frozen=True, slots=True)
class _Graphs:
    """Links what the base declares: where the head `parted` from it, and `now` in its tip, if that is another commit.

    Teams are those of the tip.
    """

    tip: Prepared
    teams: Teams
    parted: tuple[Prepared, Declared]
    now: Declared | None

    def seen(self, vocabulary: Vocabulary) -> tuple[Seen, tuple[Change, ...]]:
        """The base by one vocabulary, and what of it cannot be compared."""
        graph, changes = self._linked(*self.parted, vocabulary)
        tip_graph = None if self.now is None else self._linked(self.tip, self.now, vocabulary)[0]
        return Seen(vocabulary, graph, tip_graph), changes

    def _linked(self, before: Prepared, then: Declared, vocabulary: Vocabulary) -> tuple[Graph | None, tuple[Change, ...]]:
        manifests, provided = (
            as_seen_by(vocabulary, with_teams(some, self.teams), (before.vocabulary, self.tip.vocabulary))
            for some in (then.manifests, then.provided)
        )
        graph, problems = link_partially(manifests, vocabulary, provided)
        if graph is not None:
            add_facts(graph, before, self.tip.source)
        declared_problems = then.problems if then.files else ()
        return graph, tuple(_not_comparable(problem) for problem in (*before.settings_problems, *declared_problems, *problems))


def vocabularies(head: Prepared, tip: Prepared, parted: Prepared, *, decides: bool) -> tuple[Vocabulary, Vocabulary]:
    """The fields of all packs of head and base, as the base has them where both do, and as the head has them.

    They are one and the same where nothing differs, and where the base does not decide.
    """
    by_tip = united(united(tip.vocabulary, head.vocabulary), parted.vocabulary)
    by_head = united(united(head.vocabulary, tip.vocabulary), parted.vocabulary)
    return (by_tip, by_head) if decides and records_of(by_tip) != records_of(by_head) else (by_head, by_head)


def _not_comparable(problem: Problem) -> Change:
    return Change(NOT_COMPARABLE, problem.location.path, f"cannot be compared: {problem.message}", problem.location)
