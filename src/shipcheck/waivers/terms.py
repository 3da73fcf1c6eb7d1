"""Whether the terms of waivers are acceptable: teams that can be responsible, and a last day that is not too far away."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from shipcheck.english import counted, did_you_mean
from shipcheck.model.component import Component
from shipcheck.model.consent import Consent
from shipcheck.model.location import Location
from shipcheck.model.policy import Plan
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.model.waiver import Terms, Waiver

LIFE = "waiver_days"
LONGEST = 365
TEAM, TOO_LONG = "waiver-team", "waiver-too-long"
# Searching for near names among very many teams takes too long.
_MOST_COMPARED = 100


def longest_life(plans: Iterable[Plan]) -> int:
    """How many days ahead a waiver may end: the lowest limit of all packs, or a year if none sets one."""
    values = [item.value for plan in plans for pack in plan.packs for item in pack.parameters if item.name == LIFE]
    return int(min(values, default=LONGEST))


def untenable(
    waivers: Iterable[Waiver | Consent], teams: Mapping[str, Component], as_of: date, longest: int
) -> tuple[Problem, ...]:
    """Why terms are not acceptable on the date `as_of`; terms that several waivers share are reported once.

    `longest` is the most days from that date to the last day of a waiver.
    """
    distinct = {item.terms: "consent" if isinstance(item, Consent) else "waiver" for item in waivers}
    problems = (problem for terms, noun in distinct.items() for problem in _problems(terms, noun, teams, (as_of, longest)))
    return tuple(islice(problems, MAX_PROBLEMS))


def answerable(terms: Terms, teams: Mapping[str, Component]) -> bool:
    """Whether both teams exist and can be responsible, and are not the same people."""
    return not any(_unable(name, teams) for name in (terms.owner, terms.approver)) and not _same_people(terms, teams)


def is_staff(name: str, teams: Mapping[str, Component]) -> bool:
    """Whether a team is one of staff, neither of end users nor of a vendor."""
    team = teams.get(name)
    return team is not None and team.values.get("type", "staff") == "staff"


def _problems(terms: Terms, noun: str, teams: Mapping[str, Component], life: tuple[date, int]) -> Iterator[Problem]:
    places: tuple[tuple[str, Location], ...] = ((terms.owner, terms.owner_at), (terms.approver, terms.approver_at))
    for name, place in places:
        if reason := _unable(name, teams):
            yield Problem(place, TEAM, f"{name} {reason}")
    if _same_people(terms, teams):
        known = "is" if _members(teams.get(terms.approver)) else "may be"
        message = (
            f"every member of {terms.approver} {known} in {terms.owner}, which cannot approve its own {noun}; name other people"
        )
        yield Problem(terms.approver_at, TEAM, message)
    if noun == "consent" and not _unable(terms.approver, teams) and not is_staff(terms.approver, teams):
        yield Problem(terms.approver_at, TEAM, f"{terms.approver} is not a team of staff, which a consent needs; name another")
    as_of, longest = life
    days = (terms.until - as_of).days
    if days > longest:
        message = f"the {noun} would last {counted(days, 'day')}, but at most {longest} are allowed; end it earlier"
        yield Problem(terms.until_at, TOO_LONG, message)


def _same_people(terms: Terms, teams: Mapping[str, Component]) -> bool:
    """Whether all members of the approver are members of the owner, or may be because they are a group in another system."""
    owners, approvers = (_members(teams.get(name)) for name in (terms.owner, terms.approver))
    if approvers:
        return approvers <= owners
    ours, theirs = (_group(teams.get(name)) for name in (terms.owner, terms.approver))
    return theirs is not None and (ours is None or ours[0] != theirs[0] or ours == theirs)


def _group(team: Component | None) -> tuple[tuple[str, str], str] | None:
    """The system and the name of the group that has the members of a team."""
    group: Any = team.values.get("members_in") if team is not None else None
    return ((team.reference.namespace, group["system"].text), group["group"]) if team is not None and group else None


def _members(team: Component | None) -> set[str]:
    listed = team.values.get("members") if team is not None else None
    return {str(member) for member in listed} if isinstance(listed, list | tuple) else set()


def _unable(name: str, teams: Mapping[str, Component]) -> str:
    """Why a team cannot be responsible for a waiver; empty if it can."""
    team = teams.get(name)
    if team is None:
        return f"is not declared{did_you_mean(name, teams) if len(teams) <= _MOST_COMPARED else ''}"
    if team.values.get("active") is False:
        return "is no longer active; name an active team"
    if team.values.get("type") == "end_users":
        return "is a team of end users, who cannot be responsible for a waiver; name a staff team"
    return ""
