"""Waivers that waive more than those of the base."""

from collections.abc import Iterable, Iterator

from shipcheck.compare.rules import Difference
from shipcheck.model.waiver import Waiver


def waived_more(base: Iterable[Waiver], head: Iterable[Waiver]) -> list[Difference]:
    """Every waiver of the head that the base does not have, or that waives more or names other teams than in the base."""
    before = {waiver.fingerprint: waiver for waiver in base}
    differences = []
    for waiver in head:
        message = _message(before.get(waiver.fingerprint), waiver)
        if message:
            differences.append(Difference(f"waiver[{waiver.names}]", message, waiver.location))
    return differences


def _message(before: Waiver | None, now: Waiver) -> str:
    if before is None:
        kind = "is new in the baseline" if now.baseline else "is new"
        return f"the waiver of {now.names} {kind}; it lasts until {now.terms.until.isoformat()}"
    more = list(_more(before, now))
    return f"the waiver of {now.names} {', and '.join(more)}" if more else ""


def _more(before: Waiver, now: Waiver) -> Iterator[str]:
    if now.terms.until > before.terms.until:
        yield f"lasts until {now.terms.until.isoformat()}, not {before.terms.until.isoformat()} as in the base"
    if now.up_to > before.up_to:
        yield f"waives findings up to {now.up_to}, not {before.up_to} as in the base"
    if not set(now.members) <= set(before.members):
        yield "names more members than in the base"
    if now.terms.owner != before.terms.owner:
        yield f"is owned by {now.terms.owner}, not {before.terms.owner} as in the base"
    if now.terms.approver != before.terms.approver:
        yield f"is approved by {now.terms.approver}, not {before.terms.approver} as in the base"
