"""Waivers that waive more than those of the base."""

from collections.abc import Iterable, Iterator

from shipcheck.compare.rules import RuleFinding
from shipcheck.model.waiver import Waiver


def newly_waived(base: Iterable[Waiver], head: Iterable[Waiver]) -> list[RuleFinding]:
    """Every waiver of the head that the base has not, or that lasts longer, goes further or is somebody else's there."""
    before = {waiver.fingerprint: waiver for waiver in base}
    findings = []
    for waiver in head:
        message = _said(before.get(waiver.fingerprint), waiver)
        if message:
            findings.append(RuleFinding(f"waiver[{waiver.names}]", message, waiver.location))
    return findings


def _said(before: Waiver | None, now: Waiver) -> str:
    if before is None:
        kind = "is new in the baseline" if now.baseline else "is new"
        return f"the waiver of {now.names} {kind}; it lasts until {now.terms.until.isoformat()}"
    more = list(_more(before, now))
    return f"the waiver of {now.names} {', and '.join(more)}" if more else ""


def _more(before: Waiver, now: Waiver) -> Iterator[str]:
    if now.terms.until > before.terms.until:
        yield f"lasts until {now.terms.until.isoformat()}, and until {before.terms.until.isoformat()} in the base"
    if now.up_to > before.up_to:
        yield f"is for findings up to {now.up_to}, and up to {before.up_to} in the base"
    if not set(now.members) <= set(before.members):
        yield "names more members than in the base"
    if now.terms.owner != before.terms.owner:
        yield f"is {now.terms.owner}'s, and {before.terms.owner}'s in the base"
    if now.terms.approver != before.terms.approver:
        yield f"names {now.terms.approver} as approver, and {before.terms.approver} in the base"
