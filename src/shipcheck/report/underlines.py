"""What a finding underlines: the hops of its path, the gates on it and why they do not qualify, the fields that fail."""

from shipcheck.english import listed
from shipcheck.model.finding import Finding, GateVerdict, Reason
from shipcheck.model.location import Location
from shipcheck.report.excerpt import NEAR, Mark

CONTEXT = 2
MOST_REASONS = 6


def marks_of(finding: Finding) -> list[Mark]:
    """The marks in the order in which a reader needs them."""
    return _path_marks(finding) if finding.witness else _condition_marks(finding)


def _path_marks(finding: Finding) -> list[Mark]:
    marks: list[Mark] = []
    for number, hop in enumerate(finding.witness):
        marks.append(Mark(hop.location, hop.says, True, CONTEXT if not number else 1))  # noqa: FBT003
        for verdict in hop.gates:
            marks.extend(gate_marks(verdict))
        if hop.more_gates:
            text = f"{hop.more_gates} more gate{'' if hop.more_gates == 1 else 's'} on this hop, none of which qualifies"
            marks.append(Mark(hop.location, text, False))  # noqa: FBT003
    marks.extend(_reason_marks(finding.reasons, None))
    return marks


def gate_marks(verdict: GateVerdict) -> list[Mark]:
    """The gate where the path meets it, and why it does not qualify."""
    if verdict.qualifies:
        return [Mark(verdict.location, f"{verdict.gate} qualifies, but too early on this path", False)]  # noqa: FBT003
    lead = Mark(verdict.location, f"{verdict.gate} does not qualify:", False)  # noqa: FBT003
    return [lead, *_reason_marks(verdict.reasons, None)]


def _condition_marks(finding: Finding) -> list[Mark]:
    """The subject's field, and around or after it every place that a reason points to."""
    own = tuple(reason for reason in finding.reasons if reason.location in {finding.location, None})
    elsewhere = next((reason.location for reason in finding.reasons if reason.location), None)
    label = _label(own) or (f"see {elsewhere.path}:{elsewhere.line}" if elsewhere else "")
    primary = Mark(finding.location, label, True, CONTEXT)  # noqa: FBT003
    others = _reason_marks(finding.reasons, finding.location)
    near = [mark for mark in others if _is_near(mark.location, finding.location)]
    return sorted([primary, *near], key=lambda mark: mark.location) + [mark for mark in others if mark not in near]


def _is_near(place: Location, other: Location) -> bool:
    return place[:2] == other[:2] and abs(place.line - other.line) <= NEAR


def _reason_marks(reasons: tuple[Reason, ...], shown: Location | None) -> list[Mark]:
    """One mark for each place, in order; what is shown already is left out."""
    places: dict[Location, list[Reason]] = {}
    for reason in reasons:
        if reason.location is not None and reason.location != shown:
            places.setdefault(reason.location, []).append(reason)
    marks = [Mark(place, _label(tuple(here)), False) for place, here in sorted(places.items())]  # noqa: FBT003
    return marks[:MOST_REASONS]


def _label(reasons: tuple[Reason, ...]) -> str:
    missing = [reason.text.removesuffix(" is not declared") for reason in reasons if reason.missing]
    simple = list(dict.fromkeys(text for text in missing if " " not in text))
    parts = [reason.text for reason in reasons if reason.missing and reason.text.removesuffix(" is not declared") not in simple]
    if simple:
        parts.insert(0, f"{listed(simple, 'and')} {'is' if len(simple) == 1 else 'are'} not declared")
    parts += [
        f"{reason.text}; expected {reason.expected}" if reason.expected else reason.text
        for reason in reasons
        if not reason.missing
    ]
    return "; ".join(dict.fromkeys(parts))
