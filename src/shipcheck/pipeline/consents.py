"""What consents of the base cover: the findings that rest on the edits that they name, and on nothing else."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from shipcheck.compare.components import ComponentChanges
from shipcheck.compare.field_changes import FieldChange
from shipcheck.compare.gone import removal
from shipcheck.compare.introduced import severities
from shipcheck.compare.made_edits import Made, addition, changes_by_component, components_read, made_edits
from shipcheck.compare.mixed import restored, with_edits, without_edits
from shipcheck.compare.rules import RULES
from shipcheck.compare.whole import Texts, whole
from shipcheck.edit.lists import quoted
from shipcheck.graph.graph import Graph, Node
from shipcheck.link.as_seen_by import as_seen_by
from shipcheck.link.link import link
from shipcheck.model.component import Component, Manifest
from shipcheck.model.consent import Consent, JudgedConsent
from shipcheck.model.edit import Edit
from shipcheck.model.finding import INTRODUCED, Finding, Fix
from shipcheck.model.policy import Severity
from shipcheck.model.report import PolicyResult
from shipcheck.model.waiver import WAIVERS
from shipcheck.pipeline.base import with_teams
from shipcheck.pipeline.comparison import Base, Compared
from shipcheck.pipeline.load import add_facts
from shipcheck.pipeline.prepare import Prepared
from shipcheck.vocabulary.vocabulary import KindSpec, Vocabulary
from shipcheck.waivers.consent_states import ConsentSets, judge_consents, keys_of
from shipcheck.waivers.read_waivers import CHANGES

TERMS = ("reason: ...", "owner: TEAM", "approver: TEAM", "until: YYYY-MM-DD")
_RULES = frozenset(rule.name for rule in RULES)
_TWO_MERGES = (
    f"this takes two merges: first the consent, completed, in {WAIVERS}; then the change, which also removes the consent"
)
_TAKE_OUT = f"Restore the value; or, if it is meant, remove the consent from {WAIVERS} in this change."
_REFERENCE = re.compile(r"[a-z_]+:[a-z0-9/-]+")
# Each takes two judgements by every policy.
_MOST_TRIED = 24
Linked: TypeAlias = Callable[[Vocabulary], Graph | None]
"""Some components linked by a vocabulary; None where a name leads nowhere."""
Judge: TypeAlias = Callable[[Linked], tuple[PolicyResult, ...] | None]
Severities: TypeAlias = Mapping[str, Severity]


class Consents:
    """The consents of one head and one base that takes precedence.

    `components` are those that the head declares, as the base sees them, compared with those of the base. `judge` gives the
    results of every policy over what is linked in its place.
    """

    def __init__(self, head: Prepared, base: Base, components: ComponentChanges, as_of: date, judge: Judge) -> None:
        if base.graph is None:  # pragma: no cover - nothing is compared then
            raise TypeError("the base has no graph")
        self._head = head
        self._base = base
        self._vocabulary = base.seen.vocabulary
        self._before: Graph = base.graph
        self._graph = components.head
        self._pairs = components.pairs
        self._fields = components.fields
        self._as_of = as_of
        self._judge = judge

    def applied(self, compared: Compared, before: Iterable[PolicyResult]) -> Compared:
        """The results with the consent to each edit that a finding is about, and what the consents of the base cover.

        `before` are the results of the base.
        """
        results = tuple(self._with_edits(result) for result in compared.results)
        judged = self._judged(results) if self._head.consents or self._base.tip.consents else ()
        covered = dict(self._covered(results, judged, severities(before, compared.renamed)))
        noted = tuple(_noted(result, judged) for result in results)
        return replace(compared, results=noted, consents=judged, covered=covered, edits=self.edits_of)

    def edits_of(self, finding: Finding) -> tuple[Edit, ...]:
        """The edits that a finding can rest on: those of the components that it shows."""
        if finding.edits:
            return finding.edits
        read = sorted(components_read(finding) & self._made_by_name.keys())
        return tuple(dict.fromkeys(edit for name in read for edit in self._made_by_name[name]))

    @cached_property
    def _made_by_name(self) -> Mapping[str, list[Edit]]:
        """The edits of each component, by its name in the head, or in the base if it is gone."""
        edits: dict[str, list[Edit]] = {}
        for made in self._made:
            name = made.edit.where if made.after is None else str(self._graph.reference(made.after))
            edits.setdefault(name, []).append(made.edit)
        return edits

    @cached_property
    def _made(self) -> tuple[Made, ...]:
        return made_edits(self._before, self._graph, self._pairs, self._fields, self._vocabulary)

    def _with_edits(self, result: PolicyResult) -> PolicyResult:
        """A result of a policy about changes, with the edits of each finding and the consent to them as the fix."""
        if not result.policy.startswith(CHANGES) or not result.findings:
            return result
        return replace(result, findings=tuple(map(self._with_consent, result.findings)))

    def _with_consent(self, finding: Finding) -> Finding:
        edits = finding.edits or (() if finding.policy in _RULES else self._edits_judged(finding))
        if not edits:
            return finding
        fix = replace(finding.fix, snippet=consent_text((*edits, *self._additions(edits))), note=_TWO_MERGES)
        return replace(finding, edits=edits, fix=fix)

    def _additions(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """The components that these edits name and that are new: what arises from the edits rests on them as well."""
        named = sorted({name for edit in edits for name in _named(edit)} & self._new.keys())
        return tuple(addition(self._graph, self._new[name], self._vocabulary) for name in named)

    @cached_property
    def _new(self) -> Mapping[str, Node]:
        kept = {pair.after for pair in self._pairs}
        return {str(reference): node for reference, node in self._graph.index.items() if node not in kept}

    def _edits_judged(self, finding: Finding) -> tuple[Edit, ...]:
        """The edits of its subject that a policy of core judges, or that the finding shows."""
        policy = finding.policy.rpartition("/")[2]
        gone = self._gone.get(finding.subject)
        shown = {reason.field for reason in finding.reasons}
        changed = [
            change.edit
            for change in self._fields_by_name.get(finding.subject, ())
            if change.policy == policy or f"{change.reference}.{change.field}" in shown
        ]
        removed = [] if gone is None else [removal(self._before, gone, self._vocabulary)]
        return tuple(dict.fromkeys([*removed, *changed]))

    @cached_property
    def _gone(self) -> Mapping[str, Node]:
        kept = {pair.before for pair in self._pairs}
        return {str(reference): node for reference, node in self._before.index.items() if node not in kept}

    @cached_property
    def _fields_by_name(self) -> Mapping[str, tuple[FieldChange, ...]]:
        return changes_by_component(self._fields)

    def _judged(self, results: Iterable[PolicyResult]) -> tuple[JudgedConsent, ...]:
        rules = {edit for result in results if result.policy in _RULES for finding in result.findings for edit in finding.edits}
        made = Counter(made.edit for made in self._made)
        # Settings are not in the graph, and teams are there as the base has them.
        made.update(rules - made.keys())
        teams = {str(reference): team for reference, team in self._base.teams.items()}
        tip, current = self._base.tip.consents, Current(self._graph, self._vocabulary)
        return judge_consents(ConsentSets(self._head.consents, tip, self._base.consented, made, teams, self._as_of, current))

    def _covered(
        self, results: Iterable[PolicyResult], judged: Iterable[JudgedConsent], before: Severities
    ) -> Iterator[tuple[str, str]]:
        """The fingerprint of every finding that rests on consented edits alone, with what is said of it."""
        used = {item.consent.edit: item for item in judged if item.state == "used"}
        if not used:
            return
        rests = _Resting(self, used, before)
        for result in results:
            for finding in result.findings:
                edits = finding.edits if finding.policy in _RULES else rests.edits(finding)
                if edits and all(edit in used for edit in edits):
                    yield finding.fingerprint, _said([used[edit] for edit in edits])

    def made_of(self, edits: Iterable[Edit]) -> list[Made]:
        """The edits of components among these, as they were made."""
        wanted = set(edits)
        return [made for made in self._made if made.edit in wanted]

    def riskier_without(self, agreed: Collection[Edit]) -> frozenset[str]:
        """The components that other edits than these give other code, more effects, more links or a higher risk."""
        kinds, others = self._vocabulary.kinds, [change for change in self._fields if change.edit not in agreed]
        return frozenset(str(change.reference) for change in others if _may_do_more(change, kinds[change.reference.kind]))

    def results_with(self, made: list[Made]) -> tuple[PolicyResult, ...] | None:
        """The results over the base after these edits alone; None where they cannot be made alone."""
        return self._judge(self._linked(with_edits(self._before, self._graph, made), self._base.parted))

    def results_without(self, made: list[Made]) -> tuple[PolicyResult, ...] | None:
        """The results over the head without these edits; None where it cannot be without them."""
        components = without_edits(self._before, self._graph, made)
        results = self._judge(self._linked(components, self._head))
        return self._judge(self._linked(restored(self._before, components), self._head)) if results is None else results

    def _linked(self, components: tuple[Component, ...], code: Prepared) -> Linked:
        """These components linked, with facts about the code as `code` has it."""
        base, read_by = self._base, (self._head.vocabulary, self._base.tip.vocabulary, self._base.parted.vocabulary)

        def linked(vocabulary: Vocabulary) -> Graph | None:
            if not components:
                return None
            manifests = with_teams((Manifest(components[0].source, components, None),), base.teams)
            graph = link(as_seen_by(vocabulary, manifests, read_by), vocabulary)
            if not isinstance(graph, Graph):
                return None
            add_facts(graph, code, base.tip.source)
            return graph

        return linked


class _Resting:
    """Which introduced findings rest on used consents: they arise from some of their edits alone, and do not without these.

    Where a component that one shows also has other code, more effects or a higher risk, the consent was not for that.
    """

    def __init__(self, consents: Consents, used: Mapping[Edit, JudgedConsent], before: Severities) -> None:
        self._consents = consents
        self._used = used
        self._before = before
        self._riskier = consents.riskier_without(used)
        self._tried: dict[frozenset[Edit], _Alone | None] = {}

    def edits(self, finding: Finding) -> tuple[Edit, ...]:
        """The consented edits that a finding rests on, none if it rests on anything else as well.

        All of them are tried first, then those of the finding and those near it: others may be edits that cannot be made alone.
        """
        worse = finding.severity > self._before.get(finding.fingerprint, Severity.ERROR)
        if (finding.change != INTRODUCED and not worse) or not self._riskier.isdisjoint(components_read(finding)):
            return ()
        own = tuple(edit for edit in self._consents.edits_of(finding) if edit in self._used)
        for edits in dict.fromkeys((frozenset(self._used), frozenset(own), self._near(own))):
            if edits and self._rests(finding, self._alone(edits)):
                return own or tuple(edit for edit in self._used if edit in edits)
        return ()

    def _near(self, own: tuple[Edit, ...]) -> frozenset[Edit]:
        """These edits, and those of the components that they name or that name theirs."""
        places, named = {edit.where for edit in own}, {name for edit in own for name in _named(edit)}
        return frozenset(own) | {edit for edit in self._used if edit.where in named or places & _named(edit)}

    def _rests(self, finding: Finding, found: "_Alone | None") -> bool:
        if found is None:
            return False
        alone, rest, known = (
            found.arising.get(finding.fingerprint),
            found.left.get(finding.fingerprint),
            self._before.get(finding.fingerprint),
        )
        if alone is None or alone.severity < finding.severity or not set(finding.members) <= set(alone.members):
            return False
        return rest is None or (known is not None and rest <= known)

    def _alone(self, edits: frozenset[Edit]) -> "_Alone | None":
        """What arises from these edits alone, and what is left without them; None where either is unknown."""
        if edits not in self._tried and len(self._tried) < _MOST_TRIED:
            made = self._consents.made_of(edits)
            arising = self._consents.results_with(made) if made else None
            left = self._consents.results_without(made) if arising is not None else None
            self._tried[edits] = None
            if arising is not None and left is not None and not any(result.unlisted for result in (*arising, *left)):
                by_name = {one.fingerprint: one for result in arising for one in result.findings}
                self._tried[edits] = _Alone(by_name, severities(left, {}))
        return self._tried.get(edits)


class _Alone(NamedTuple):
    """The findings that arise from some edits alone, and the severities of those that are left without these edits."""

    arising: Mapping[str, Finding]
    left: Severities


def _may_do_more(change: FieldChange, kind: KindSpec) -> bool:
    """Whether a component may do more harm after a change of it: what a consent to something else has not looked at.

    Of a control alone a stricter value is safer; of what acts or is acted on, it admits more risk.
    """
    if change.is_link:
        before, after = (set((text or "").strip("[]").split(", ")) for text in (change.edit.before, change.edit.after))
        return not after <= before
    return change.raises_risk or (change.direction == "stricter" and not kind.is_control)


def _named(edit: Edit) -> set[str]:
    """The components in the values of an edit."""
    return {name for value in (edit.before, edit.after) if value for name in _REFERENCE.findall(value)}


class Current:
    """What one graph declares now, for consents that wait for their edit."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self._names = {str(reference): node for reference, node in graph.index.items()}

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self._graph, self._vocabulary)

    def __call__(self, edit: Edit) -> bool | None:
        """Whether the value is there that an edit is from; None for a file."""
        if edit.is_of_file:
            return None
        node = self._names.get(edit.where)
        if not edit.field:
            return edit.before == (None if node is None else whole(self._graph, node, self._vocabulary))
        return node is not None and self._texts.of(node, edit.field) == edit.before


def consents_at_rest(head: Prepared, graph: Graph, teams: Mapping[str, Component], as_of: date) -> tuple[JudgedConsent, ...]:
    """The consents of a source that is compared with no base, or with one that declares nothing."""
    current = Current(graph, head.vocabulary)
    return judge_consents(ConsentSets(head.consents, None, (), {}, teams, as_of, current))


def consent_text(edits: Iterable[Edit], terms: tuple[str, ...] = TERMS) -> str:
    """Consents to edits, as the waivers file has them; what only people can say is left to them."""
    lines = [line for edit in edits for line in _item([*edit_lines(edit), *terms])]
    return "\n".join(["consents:", *lines])


def edit_lines(edit: Edit) -> list[str]:
    """The keys of a consent that name its edit."""
    return [f"{key}: {quoted(value)}" for key, value in keys_of(edit).items()]


def _item(lines: list[str]) -> list[str]:
    return [f"  {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _noted(result: PolicyResult, judged: Iterable[JudgedConsent]) -> PolicyResult:
    """A result whose findings say why a consent to one of their edits, or to another edit of the same place, does not count."""
    places = {(item.consent.edit.where, item.consent.edit.field): item for item in judged if item.state not in {"used", "ready"}}
    if not places:
        return result

    def noted(finding: Finding) -> Finding:
        item = next((places[edit[:2]] for edit in finding.edits if edit[:2] in places), None)
        if item is None:
            return finding
        fix = Fix(_TAKE_OUT) if item.state == "kept" else finding.fix
        return replace(finding, fix=fix, waiver=f"the consent ({item.consent.location}) {item.note}")

    return replace(result, findings=tuple(map(noted, result.findings)))


def _said(used: list[JudgedConsent]) -> str:
    """What covers a finding: its consent, or the first of several."""
    first: Consent = used[0].consent
    more = f", with {len(used) - 1} more," if len(used) > 1 else ""
    return f"the consent ({first.location}){more} {used[0].note}"
