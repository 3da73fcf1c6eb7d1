"""Waivers and consents of the head that the base does not have, or not in these terms: they have no effect until it has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from shipcheck.compare.introduced import fingerprints_of
from shipcheck.model.change import Change
from shipcheck.model.consent import Consent
from shipcheck.model.waiver import Terms, Waiver

WAIVER_PROPOSED, CONSENT_PROPOSED = "waiver-proposed", "consent-proposed"


def waived_more(base: Iterable[Waiver], head: Iterable[Waiver], names: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """Every waiver of the head that the base does not have, or that waives more or names other teams than in the base.

    `names` gives the names in the head of components that the base calls otherwise.
    """
    before = waivers_by_name(base, names)
    changes = []
    for waiver in head:
        message = _message(before.get(waiver.fingerprint), waiver)
        if message:
            changes.append(Change(WAIVER_PROPOSED, waiver.names, message, waiver.location))
    return tuple(changes)


def waivers_by_name(waivers: Iterable[Waiver], names: Mapping[str, Sequence[str]]) -> dict[str, Waiver]:
    """Waivers of the base by the fingerprints of their findings, also under the names of the components in the head."""
    found: dict[str, Waiver] = {}
    for given in waivers:
        renamed = [name for member in given.members for name in names.get(member, ())]
        waiver = replace(given, members=(*given.members, *renamed)) if renamed else given
        own, *others = fingerprints_of(waiver.policy, waiver.subject, waiver.target, names)
        found[own] = waiver
        for other in others:
            found.setdefault(other, waiver)
    return found


def consented_more(base: Iterable[Consent], head: Iterable[Consent]) -> tuple[Change, ...]:
    """Every consent of the head that the base does not have, or not in these terms."""
    before = {consent.edit: consent for consent in base}
    changes = []
    for consent in head:
        known = before.get(consent.edit)
        more = "is new" if known is None else ", and ".join(_terms(known.terms, consent.terms))
        if more:
            message = f"the consent to {consent.edit.names} {more}"
            changes.append(Change(CONSENT_PROPOSED, consent.edit.where, message, consent.location))
    return tuple(changes)


def _message(before: Waiver | None, now: Waiver) -> str:
    if before is None:
        kind = "is new in the baseline" if now.baseline else "is new"
        return f"the waiver of {now.names} {kind}; it lasts until {now.terms.until.isoformat()}"
    more = list(_more(before, now))
    return f"the waiver of {now.names} {', and '.join(more)}" if more else ""


def _more(before: Waiver, now: Waiver) -> Iterator[str]:
    yield from _terms(before.terms, now.terms)
    if now.up_to > before.up_to:
        yield f"waives findings up to {now.up_to}, not {before.up_to} as in the base"
    if not set(now.members) <= set(before.members):
        yield "names more members than in the base"


def _terms(before: Terms, now: Terms) -> Iterator[str]:
    if now.until > before.until:
        yield f"lasts until {now.until.isoformat()}, not {before.until.isoformat()} as in the base"
    if now.owner != before.owner:
        yield f"is owned by {now.owner}, not {before.owner} as in the base"
    if now.approver != before.approver:
        yield f"is approved by {now.approver}, not {before.approver} as in the base"
