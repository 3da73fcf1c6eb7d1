"""The waivers of a run: one code path for every command and every output."""

from collections.abc import Iterator, Sequence
from datetime import date

from shipcheck.compare.rules import RULES
from shipcheck.graph.graph import Graph
from shipcheck.model.component import Component
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.model.traverse import reads_base
from shipcheck.model.waiver import JudgedWaiver, Waiver
from shipcheck.pipeline.comparison import Base, Compared, plans_in_force
from shipcheck.pipeline.prepare import Prepared
from shipcheck.waivers.match import WaiverSets, match_waivers
from shipcheck.waivers.terms import answerable, longest_life, untenable

_TEAM = "team"


def invalid_waivers(
    prepared: Prepared, base: Base | None, graph: Graph, as_of: date, waivers: Sequence[Waiver] | None = None
) -> tuple[Problem, ...]:
    """Problems of waivers: teams that are not declared or active, as the base has them, and dates too far away.

    Without `waivers`, those of the source.
    """
    checked = _own_waivers(prepared, _teams(graph, base)) if waivers is None else waivers
    return untenable(checked, _teams(graph, base), as_of, longest_life(plans_in_force(prepared, base))) if checked else ()


def apply_waivers(
    prepared: Prepared, base: Base | None, graph: Graph, compared: Compared, as_of: date
) -> tuple[tuple[PolicyResult, ...], tuple[JudgedWaiver, ...]]:
    """The results with waived findings marked, and the state of each waiver on the day `as_of`.

    With a `base`, the waivers of the base decide; those that only the head has waive nothing yet.
    """
    unjudged = frozenset(_unjudged(prepared, base, compared.results))
    head_waivers = _own_waivers(prepared, _teams(graph, base))
    sets = WaiverSets(head_waivers, _base_waivers(base), as_of, unjudged, compared.severities_before, compared.riskier_components)
    results, judged = match_waivers(compared.results, sets)
    if prepared.top is not None:
        judged = tuple(waiver for waiver in judged if waiver.state != "unused")
    return results, judged


def _own_waivers(prepared: Prepared, teams: dict[str, Component]) -> tuple[Waiver, ...]:
    """The waivers that apply here. At the top of a repository that is all; in a root below it, those whose teams it declares."""
    if prepared.top is None:
        return prepared.waivers
    return tuple(waiver for waiver in prepared.waivers if answerable(waiver.terms, teams))


def _teams(graph: Graph, base: Base | None) -> dict[str, Component]:
    """The teams that the head declares, those that the base has as it has them."""
    own = (graph.components[node] for node in graph.nodes((_TEAM,)))
    known = base.teams if base is not None else {}
    return {str(team.reference): known.get(team.reference, team) for team in own}


def _base_waivers(base: Base | None) -> tuple[Waiver, ...] | None:
    """The waivers of a base with authority; those whose teams it lacks waive nothing."""
    if base is None or not base.decides:
        return None
    teams = {str(reference): team for reference, team in base.teams.items()}
    return tuple(waiver for waiver in base.tip.waivers if answerable(waiver.terms, teams))


def _unjudged(prepared: Prepared, base: Base | None, results: tuple[PolicyResult, ...]) -> Iterator[str]:
    """The policies whose findings are not all known: not requested, without a base, or with too many findings."""
    known = {result.policy: result for result in results}
    for plan in plans_in_force(prepared, base):
        for policy in plan.policies:
            result = known.get(policy.name)
            if result is None or result.unlisted or (base is None and reads_base(policy)):
                yield policy.name
    yield from (rule.name for rule in RULES if rule.name not in known)
