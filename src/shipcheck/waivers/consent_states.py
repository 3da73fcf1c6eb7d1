"""Consents matched with the edits of a change: which are used, and what becomes of the others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shipcheck.english import counted
from shipcheck.model.component import Component
from shipcheck.model.consent import Consent, ConsentState, JudgedConsent
from shipcheck.model.edit import Edit
from shipcheck.waivers.read_waivers import COMPONENT, FIELD, FILE, FROM, TO
from shipcheck.waivers.terms import answerable, is_staff

Current = Callable[[Edit], bool | None]
"""Whether the value that an edit is from is there; None if that is unknown."""


@dataclass(frozen=True, slots=True)
class ConsentSets:
    """The consents of the head and, if a base takes precedence, of its tip; the edits that every merge base has a consent to.

    `made` counts how often the head makes each edit; `teams` are those of the base, or else of the head.
    """

    head: tuple[Consent, ...]
    base: tuple[Consent, ...] | None
    parted: Collection[Edit]
    made: Mapping[Edit, int]
    teams: Mapping[str, Component]
    as_of: date
    is_current: Current


def judge_consents(sets: ConsentSets) -> tuple[JudgedConsent, ...]:
    """The state of each consent, those of the head first; one is used only if the base has it and the head took it out."""
    return tuple(_judged(sets))


def keys_of(edit: Edit) -> dict[str, str]:
    """The keys by which a consent names an edit, and their values."""
    values = {FILE if edit.is_of_file else COMPONENT: edit.where, FIELD: edit.field or None, FROM: edit.before, TO: edit.after}
    return {key: value for key, value in values.items() if value is not None}


def _judged(sets: ConsentSets) -> Iterator[JudgedConsent]:
    in_head = {consent.edit for consent in sets.head}
    in_base = {consent.edit for consent in sets.base or ()}
    for consent in sets.head:
        is_known = sets.base is None or consent.edit in in_base
        yield JudgedConsent(consent, *(_of_head(consent, sets) if is_known else _proposed(consent, sets)))
    for consent in sets.base or ():
        if consent.edit not in in_head and (consent.edit in sets.parted or sets.made.get(consent.edit)):
            yield JudgedConsent(consent, *_taken_out(consent, sets))


def _proposed(consent: Consent, sets: ConsentSets) -> tuple[ConsentState, str]:
    if sets.as_of > consent.terms.until:
        return "ended", _expired(consent)
    return "proposed", "is proposed, and can be used once it is merged"


def _of_head(consent: Consent, sets: ConsentSets) -> tuple[ConsentState, str]:
    if sets.as_of > consent.terms.until:
        return "ended", _expired(consent)
    if sets.made.get(consent.edit):
        return "kept", "does not count while this change keeps it; remove it in this change"
    if sets.is_current(consent.edit) is False:
        return "unused", "is for an edit that is made already, or from another value; remove it"
    return "ready", f"can be used until {consent.terms.until.isoformat()}"


def _taken_out(consent: Consent, sets: ConsentSets) -> tuple[ConsentState, str]:
    """A consent of the base that the head does not have."""
    terms, times = consent.terms, sets.made.get(consent.edit, 0)
    if consent.edit not in sets.parted:
        return "kept", "is newer than this branch; merge the base into it, and remove the consent in this change"
    if not times:
        other = any((edit.where, edit.field) == (consent.edit.where, consent.edit.field) for edit in sets.made)
        return "unused", f"is removed, but this change makes {'another' if other else 'no such'} edit"
    if sets.as_of > terms.until:
        return "ended", _expired(consent)
    if not answerable(terms, sets.teams) or not is_staff(terms.approver, sets.teams):
        return "refused", f"does not count, because {terms.approver} cannot approve it in the base"
    if times > 1:
        return "refused", f"is for one edit, but this change makes it {counted(times, 'time')}"
    return "used", f"is used by this change, approved by {terms.approver}: {terms.reason}"


def _expired(consent: Consent) -> str:
    return f"expired on {consent.terms.until.isoformat()}"
