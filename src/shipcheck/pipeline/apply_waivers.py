"""The waivers of a run: one code path for every command and every output."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from shipcheck.compare.rules import RULES
from shipcheck.graph.graph import Graph
from shipcheck.model.component import Component
from shipcheck.model.consent import Consent, JudgedConsent
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.model.traverse import reads_base
from shipcheck.model.waiver import JudgedWaiver, Waiver
from shipcheck.pipeline.comparison import Base, Compared, plans_in_force
from shipcheck.pipeline.prepare import Prepared
from shipcheck.waivers.match import WaiverSets, match_waivers
from shipcheck.waivers.terms import answerable, longest_life, untenable

_TEAM = "team"
_Entry = TypeVar("_Entry", Waiver, Consent)


def invalid_waivers(
    prepared: Prepared,
    base: Base | None,
    graph: Graph,
    as_of: date,
    waivers: Sequence[Waiver] | None = None,
    agreed: Sequence[Consent] | None = None,
) -> tuple[Problem, ...]:
    """Problems of waivers and consents: teams that are not declared or active, as the base has them, and dates too far away.

    Without `waivers` and `agreed`, those of the source.
    """
    teams = _teams(graph, base)
    checked = _answerable(prepared, prepared.waivers, teams) if waivers is None else waivers
    consents = _answerable(prepared, prepared.consents, teams) if agreed is None else agreed
    if not checked and not consents:
        return ()
    return untenable((*checked, *consents), teams, as_of, longest_life(plans_in_force(prepared, base)))


def apply_waivers(
    prepared: Prepared, base: Base | None, graph: Graph, compared: Compared, as_of: date
) -> tuple[tuple[PolicyResult, ...], tuple[JudgedWaiver, ...]]:
    """The results with waived findings marked, and the state of each waiver on the day `as_of`.

    With a `base`, the waivers of the base decide; those that only the head has waive nothing yet.
    """
    unjudged = frozenset(_unjudged(prepared, base, compared.results))
    sets = WaiverSets(
        _answerable(prepared, prepared.waivers, _teams(graph, base)),
        _base_waivers(base, compared),
        as_of,
        unjudged,
        compared.severities_before,
        compared.riskier_components,
        frozenset(_unanswered(prepared, base)),
        compared.covered,
    )
    results, judged = match_waivers(compared.results, sets)
    if prepared.top is not None:
        judged = tuple(waiver for waiver in judged if waiver.state != "unused")
    return results, judged


def _answerable(prepared: Prepared, entries: tuple[_Entry, ...], teams: dict[str, Component]) -> tuple[_Entry, ...]:
    """The entries that apply here: at the top of a repository all, in a root below it those whose teams it declares."""
    if prepared.top is None:
        return entries
    return tuple(entry for entry in entries if answerable(entry.terms, teams))


def consents_of(
    prepared: Prepared, base: Base | None, compared: Compared, graph: Graph, as_of: date
) -> tuple[JudgedConsent, ...]:
    """The state of each consent on the day `as_of`."""
    if compared.consents or not prepared.consents or (base is not None and base.decides):
        return compared.consents
    from shipcheck.pipeline.consents import consents_at_rest  # noqa: PLC0415 - loaded only where there are consents

    return consents_at_rest(prepared, graph, _teams(graph, base), as_of)


def _teams(graph: Graph, base: Base | None) -> dict[str, Component]:
    """The teams that the head declares, those that the base has as it has them."""
    own = (graph.components[node] for node in graph.nodes((_TEAM,)))
    known = base.teams if base is not None else {}
    return {str(team.reference): known.get(team.reference, team) for team in own}


def _unanswered(prepared: Prepared, base: Base | None) -> Iterator[str]:
    """The fingerprints of waivers of the head for which the base lacks a team."""
    if base is not None and base.decides:
        teams = {str(reference): team for reference, team in base.teams.items()}
        known = {terms: answerable(terms, teams) for terms in {waiver.terms for waiver in prepared.waivers}}
        yield from (waiver.fingerprint for waiver in prepared.waivers if not known[waiver.terms])


def _base_waivers(base: Base | None, compared: Compared) -> dict[str, Waiver] | None:
    """The waivers of a base with authority, by the fingerprints of their findings; those whose teams it lacks waive nothing."""
    if base is None or not base.decides:
        return None
    teams = {str(reference): team for reference, team in base.teams.items()}
    from shipcheck.compare.proposed import waivers_by_name  # noqa: PLC0415 - only with a base

    return waivers_by_name((waiver for waiver in base.tip.waivers if answerable(waiver.terms, teams)), compared.renamed)


def _unjudged(prepared: Prepared, base: Base | None, results: tuple[PolicyResult, ...]) -> Iterator[str]:
    """The policies whose findings are not all known: not requested, without a base, or with too many findings."""
    known = {result.policy: result for result in results}
    for plan in plans_in_force(prepared, base):
        for policy in plan.policies:
            result = known.get(policy.name)
            if result is None or result.unlisted or (base is None and reads_base(policy)):
                yield policy.name
    yield from (rule.name for rule in RULES if rule.name not in known)
