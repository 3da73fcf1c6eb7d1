"""The state of each control, from the results of the policies that map to it."""

from collections.abc import Iterable, Mapping, Sequence

from shipcheck.model.change import Rule
from shipcheck.model.control import Catalogue, Control, ControlState, JudgedCatalogue, JudgedControl, MappedPolicy, Outcome
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult

WAIVED = "waived"


def judge_controls(
    catalogues: Iterable[Catalogue], policies: Iterable[Policy | Rule], results: Sequence[PolicyResult]
) -> tuple[JudgedCatalogue, ...]:
    """Every control of the `catalogues` that some policy maps to, with all policies that map to it.

    `policies` are all that the packs contain, `results` those that were judged; the others count as not run.
    """
    mapped: dict[str, dict[str, None]] = {}
    for policy in policies:
        for control in policy.controls:
            mapped.setdefault(control, {})[policy.name] = None
    by_policy = {result.policy: result for result in results}
    named = {control.partition("/")[0] for control in mapped}
    return tuple(
        JudgedCatalogue(
            catalogue, tuple(_judged(control, mapped.get(control.name, {}), by_policy) for control in catalogue.controls)
        )
        for catalogue in catalogues
        if catalogue.name in named
    )


def _judged(control: Control, names: Iterable[str], results: Mapping[str, PolicyResult]) -> JudgedControl:
    policies = tuple(_mapped(name, results.get(name)) for name in sorted(names))
    outcomes = {policy.outcome for policy in policies}
    violated = outcomes & {"fail", "waived"}
    return JudgedControl(control, _state(outcomes), policies, waived=bool(violated) and "fail" not in violated)


def _state(outcomes: set[Outcome]) -> ControlState:
    """A failing policy decides; else one that did not run leaves the control open."""
    if outcomes & {"fail", "waived"}:
        return "violated"
    if "not_run" in outcomes or "pass" not in outcomes:
        return "not_judged"
    return "satisfied" if outcomes == {"pass"} else "partly_judged"


def _mapped(name: str, result: PolicyResult | None) -> MappedPolicy:
    if result is None:
        return MappedPolicy(name, "not_run", 0)
    count = len(result.findings) + result.unlisted
    if not count:
        return MappedPolicy(name, "fail" if result.result in {"fail", "waived"} else _clean(result), 0)
    waived = not result.unlisted and all(finding.is_accepted for finding in result.findings)
    return MappedPolicy(name, "waived" if waived else "fail", count)


def _clean(result: PolicyResult) -> Outcome:
    """A policy without a finding passes only if it had something to judge."""
    return "pass" if result.result == "pass" and result.subjects else "not_applicable"
