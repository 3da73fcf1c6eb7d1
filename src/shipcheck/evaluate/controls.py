"""The state of each control, from the results of the policies that map to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from shipcheck.model.change import Rule
from shipcheck.model.control import (
    Basis,
    Catalogue,
    Control,
    ControlState,
    JudgedCatalogue,
    JudgedControl,
    MappedPolicy,
    Outcome,
)
from shipcheck.model.policy import Policy
from shipcheck.model.report import PolicyResult


def judge_controls(
    catalogues: Iterable[Catalogue],
    policies: Iterable[Policy | Rule],
    results: Sequence[PolicyResult],
    is_observed: Callable[[str], bool],
) -> tuple[JudgedCatalogue, ...]:
    """Every control of the `catalogues` that some policy maps to, with all policies that map to it.

    `policies` are all that the packs contain, `results` those that were judged; the others count as not run. `is_observed` says
    of the name of a policy that passed whether it rests on what was found.
    """
    mapped: dict[str, dict[str, None]] = {}
    for policy in policies:
        for control in policy.controls:
            mapped.setdefault(control, {})[policy.name] = None
    names = {name for mapping in mapped.values() for name in mapping}
    outcomes = {result.policy: _mapped(result, is_observed) for result in results if result.policy in names}
    named = {control.partition("/")[0] for control in mapped}
    return tuple(
        JudgedCatalogue(
            catalogue, tuple(_judged(control, mapped.get(control.name, {}), outcomes) for control in catalogue.controls)
        )
        for catalogue in catalogues
        if catalogue.name in named
    )


def _judged(control: Control, names: Iterable[str], known: Mapping[str, MappedPolicy]) -> JudgedControl:
    policies = tuple(known.get(name, MappedPolicy(name, "not_run", 0)) for name in sorted(names))
    outcomes = {policy.outcome for policy in policies}
    violated = outcomes & {"fail", "waived"}
    return JudgedControl(control, _state(policies), policies, waived=bool(violated) and "fail" not in violated)


def _state(policies: Sequence[MappedPolicy]) -> ControlState:
    """A failing policy decides, then one that did not run, one without a subject, and one that passes on what manifests say."""
    outcomes = {policy.outcome for policy in policies}
    if outcomes & {"fail", "waived"}:
        return "violated"
    if "not_run" in outcomes or "pass" not in outcomes:
        return "not_judged"
    if outcomes != {"pass"}:
        return "partly_judged"
    return "satisfied" if all(policy.basis == "observed" for policy in policies) else "declared"


def _mapped(result: PolicyResult, is_observed: Callable[[str], bool]) -> MappedPolicy:
    count = len(result.findings) + result.unlisted
    outcome = _outcome(result, count)
    basis: Basis | None = None
    if outcome == "pass":
        basis = "observed" if is_observed(result.policy) else "declared"
    return MappedPolicy(result.policy, outcome, count, basis)


def _outcome(result: PolicyResult, count: int) -> Outcome:
    """What a policy comes to; without a finding it passes only if it had something to judge."""
    if count:
        waived = not result.unlisted and all(finding.is_accepted for finding in result.findings)
        return "waived" if waived else "fail"
    if result.result in {"fail", "waived"}:
        return "fail"
    return "pass" if result.result == "pass" and result.subjects else "not_applicable"
