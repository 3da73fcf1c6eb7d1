"""The state of each control, in words and as machine-readable values."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from shipcheck.english import counted, listed
from shipcheck.model.control import Basis, ControlState, JudgedCatalogue, JudgedControl, MappedPolicy, Outcome
from shipcheck.report.encode import folded, visible
from shipcheck.report.style import Style

STATE_WORDS: dict[ControlState, str] = {
    "violated": "violated",
    "partly_judged": "partly judged",
    "declared": "declared",
    "satisfied": "satisfied",
    "not_judged": "not judged",
}
OUTCOME_WORDS: dict[Outcome, str] = {
    "fail": "fails",
    "waived": "waived",
    "pass": "passes",
    "not_applicable": "is not applicable",
    "not_run": "was not judged",
}
_PLURAL: dict[Outcome, str] = {"pass": "pass", "not_applicable": "are not applicable", "not_run": "were not judged"}
_BASES: tuple[Basis, ...] = ("declared", "observed")
_STYLES: dict[ControlState, str] = {
    "violated": "error",
    "partly_judged": "warning",
    "declared": "warning",
    "satisfied": "good",
    "not_judged": "faint",
}
WRAP = 100
_DECLARED = "What is declared passes on what manifests say; what is observed was found in the repository."
_CAVEAT = "Controls are judged only as far as manifests show them. This is not legal advice."


def control_blocks(catalogues: Iterable[JudgedCatalogue], style: Style) -> Iterator[str]:
    """One block for each catalogue, if anything was judged: each control with its state and its policies. Then the tally."""
    judged_catalogues = list(catalogues)
    judged_any = any(control.state != "not_judged" for judged in judged_catalogues for control in judged.controls)
    yield from ("\n".join(_catalogue(judged, style)) for judged in judged_catalogues if judged_any)
    tally = Counter(control.state for judged in judged_catalogues for control in judged.controls)
    counts = [f"{tally[state]} {words}" for state, words in STATE_WORDS.items() if tally[state]]
    lines = (f"Controls: {listed(counts, 'and') or 'no policy in use maps to a control'}.", *((_DECLARED,) if judged_any else ()))
    yield "\n".join((*lines, _CAVEAT))


def _catalogue(judged: JudgedCatalogue, style: Style) -> Iterator[str]:
    catalogue = judged.catalogue
    head = style.paint("strong", visible(f"{catalogue.title} ({catalogue.dated.isoformat()})"))
    yield f"{head}    {style.paint('faint', visible(catalogue.name))}"
    mapped = [control for control in judged.controls if control.policies]
    others = [_number(control) for control in judged.controls if not control.policies]
    width = max((len(_number(control)) for control in mapped), default=0)
    for control in mapped:
        words = f"{STATE_WORDS[control.state]}{', waived' if control.waived else ''}"
        state_text = style.paint(_STYLES[control.state], f"{words:<16}")
        yield f"  {_number(control):<{width}}  {state_text}  {visible(control.control.title)}"
        yield from (f"  {'':<{width}}  {'':<16}  {line}" for line in _policies(control))
    if others:
        yield from (f"  {line}" for line in folded(f"not judged, because no policy in use maps to it: {', '.join(others)}", WRAP))


def _number(control: JudgedControl) -> str:
    return visible(control.control.name.partition("/")[2])


def _policies(control: JudgedControl) -> Iterator[str]:
    """The policies with what they say, those of one outcome on one line but for those that fail; what passes by its basis."""
    for outcome, words in OUTCOME_WORDS.items():
        same = [policy for policy in control.policies if policy.outcome == outcome]
        if outcome in {"fail", "waived"}:
            yield from (f"{visible(policy.policy)} {words} ({counted(policy.findings, 'finding')})" for policy in same)
        elif outcome == "pass":
            resting = ((basis, control.resting_on(basis)) for basis in _BASES)
            yield from (f"{_some(count, outcome)} as {basis}" for basis, count in resting if count)
        elif same:
            yield _some(len(same), outcome)


def _some(count: int, outcome: Outcome) -> str:
    return f"{counted(count, 'policy', 'policies')} {OUTCOME_WORDS[outcome] if count == 1 else _PLURAL[outcome]}"


def by_control_json(catalogues: Iterable[JudgedCatalogue]) -> list[dict[str, Any]]:
    """The catalogues with their sources, and the state of each of their controls."""
    return [
        {
            "catalogue": judged.catalogue.name,
            "title": judged.catalogue.title,
            "source": judged.catalogue.source,
            "dated": judged.catalogue.dated.isoformat(),
            "checked": judged.catalogue.checked.isoformat(),
            "scope": judged.catalogue.scope,
            "controls": [_control_json(control) for control in judged.controls],
        }
        for judged in catalogues
    ]


def _control_json(control: JudgedControl) -> dict[str, Any]:
    return {
        "control": control.control.name,
        "title": control.control.title,
        "cites": control.control.cites,
        "shows": control.control.shows or None,
        "hides": control.control.hides,
        "standing": control.state,
        "waived": control.waived,
        **{basis: control.resting_on(basis) for basis in _BASES},
        "policies": [_policy_json(policy) for policy in control.policies],
    }


def _policy_json(policy: MappedPolicy) -> dict[str, Any]:
    return {"policy": policy.policy, "outcome": policy.outcome, "findings": policy.findings, "basis": policy.basis}
