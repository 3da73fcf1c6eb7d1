"""The base that a repository is compared with: who decides, and what was there where the head parted from it."""

from datetime import date
from pathlib import Path

from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import former_names
from shipcheck.link.partial import link_partially
from shipcheck.model.change import Against, Change
from shipcheck.model.component import Component, Manifest
from shipcheck.model.consent import Consent
from shipcheck.model.edit import Edit
from shipcheck.model.location import BASE, MERGE_BASE
from shipcheck.model.problem import Problem
from shipcheck.packs.rollback import rolled_back
from shipcheck.pipeline.comparison import NOT_COMPARABLE, Base, Teams
from shipcheck.pipeline.load import Declared, add_facts, declared
from shipcheck.pipeline.packs.verify import untrusted
from shipcheck.pipeline.prepare import Prepared, Progress, as_top, prepare_source, waivers_in
from shipcheck.pipeline.roots import prepare_below
from shipcheck.sources.governance_files import read_waivers_file
from shipcheck.sources.objects import list_revision
from shipcheck.sources.revisions import changed_paths, commit_of, merge_base, merge_bases

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
    graph, changes = _graph(before, then, tip, teams)
    tip_graph = None
    if then is not now:
        tip_graph, _ = _graph(tip, now, tip, teams)
        changes = (*(_not_comparable(problem) for problem in now.problems if now.files), *changes)
    files = (*tip.files, *now.files, *before.files, *then.files)
    changed = changed_paths(root, parted, head.source)
    others = tuple(one for one in merge_bases(root, tip_commit, own) if one != parted)
    consented = _consented((head.top or head).root, tip, before, others)
    return Base(against, tip, teams, graph, changes, files, changed, before.lock, before, tip_graph, consented)


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


def _graph(before: Prepared, then: Declared, tip: Prepared, teams: Teams) -> tuple[Graph | None, tuple[Change, ...]]:
    graph, problems = link_partially(with_teams(then.manifests, teams), before.vocabulary, with_teams(then.provided, teams))
    if graph is not None:
        add_facts(graph, before, tip.source)
    declared_problems = then.problems if then.files else ()
    return graph, tuple(_not_comparable(problem) for problem in (*before.settings_problems, *declared_problems, *problems))


def _not_comparable(problem: Problem) -> Change:
    return Change(NOT_COMPARABLE, problem.location.path, f"cannot be compared: {problem.message}", problem.location)
