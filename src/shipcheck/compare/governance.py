"""Settings, policies and waivers that are looser than those of the base.

The policy language cannot express them, so they are compared here and reported as findings of built-in rules. Until the head is
merged, those of the base apply.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shipcheck.compare.rules import POLICY, SETTINGS, WAIVER, Difference, result
from shipcheck.compare.stricter import bare, is_stricter
from shipcheck.model.location import Location
from shipcheck.model.policy import Parameter, Plan, Policy, show_parameter
from shipcheck.model.report import PolicyResult
from shipcheck.model.settings import Pattern, Settings
from shipcheck.model.waiver import Waiver


class Governance(NamedTuple):
    """The governance of a revision: its settings, its plan, the place that represents it as a whole, and its waivers.

    `title` names the revision in messages.
    """

    settings: Settings
    plan: Plan
    place: Location
    waivers: tuple[Waiver, ...] = ()
    title: str = "the base"


def weakened(base: Governance, head: Governance) -> tuple[PolicyResult, ...]:
    """Where the head's settings, policies and waivers are looser than the base's, as the results of three rules."""
    kept = {pack.name for pack in head.plan.packs}
    policies = [policy for policy in base.plan.policies if policy.pack in kept]
    parts = (_packs, _parameters, _severities, _limit, _patterns, _trust)
    settings = [item for part in parts for item in part(base, head)]
    return (
        result(SETTINGS, settings, max(1, len(settings))),
        result(POLICY, list(_policies(policies, head, base.title)), len(policies)),
        result(WAIVER, waived_more(base.waivers, head.waivers), len(head.waivers)),
    )


def _packs(base: Governance, head: Governance) -> Iterator[Difference]:
    kept = {pack.name for pack in head.plan.packs}
    for pack in base.plan.packs:
        if pack.name not in kept:
            yield Difference(f"settings[packs={pack.name}]", f"pack {pack.name} is no longer in use", head.place)


def _parameters(base: Governance, head: Governance) -> Iterator[Difference]:
    after = {(pack.name, parameter.name): parameter for pack in head.plan.packs for parameter in pack.parameters}
    places = {(setting.pack, setting.name): setting.location for setting in head.settings.parameters}
    for pack in base.plan.packs:
        for before in pack.parameters:
            now = after.get((pack.name, before.name))
            if now is not None and is_looser(before, now.value):
                name = f"{pack.name}.{before.name}"
                message = f"parameter {name} is {show_parameter(now.type, now.value)}, was {before.shown} in {base.title}"
                place = places.get((pack.name, before.name), now.location if pack.name == "local" else head.place)
                yield Difference(f"settings[parameters.{name}]", message, place)


def is_looser(before: Parameter, value: float) -> bool:
    """Whether a value is looser; without a direction, every other value counts as looser."""
    if before.may == "increase":
        return value < before.value
    return value > before.value if before.may == "decrease" else value != before.value


def _severities(base: Governance, head: Governance) -> Iterator[Difference]:
    after = {policy.name: policy for policy in head.plan.policies}
    for before in base.plan.policies:
        now = after.get(before.name)
        if now is not None and now.at_least < before.at_least:
            message = f"the severity of {before.name} is no longer raised to {before.at_least}"
            yield Difference(f"settings[severities.{before.name}]", message, head.place)
        if now is not None and now.at_most < before.at_most:
            message = f"the severity of {before.name} is lowered to {now.at_most}"
            yield Difference(f"settings[severities.{before.name}]", message, now.origin or head.place)


def _limit(base: Governance, head: Governance) -> Iterator[Difference]:
    before, now = base.settings.fail_on, head.settings.fail_on
    if now > before:
        yield Difference("settings[fail_on]", f"fail_on is {now}, was {before} in {base.title}", head.place)


def _patterns(base: Governance, head: Governance) -> Iterator[Difference]:
    known = {pattern.text for pattern in base.settings.ignore}
    for pattern in head.settings.ignore:
        if pattern.text not in known:
            yield _pattern("ignore", pattern, f"manifests that match '{pattern.text}' are now ignored", pattern.location)
    kept = {pattern.text for pattern in head.settings.also}
    for pattern in base.settings.also:
        if pattern.text not in kept:
            yield _pattern("also", pattern, f"files that match '{pattern.text}' are no longer manifests", head.place)


def _trust(base: Governance, head: Governance) -> Iterator[Difference]:
    """Signatures that are no longer required, or may be by keys that the base does not trust."""
    for before in base.settings.trust:
        known = set(before.keys)
        if not any(now.packs == before.packs and known.issuperset(now.keys) for now in head.settings.trust):
            message = f"packs that match '{before.packs}' no longer need a signature by the keys of {base.title}"
            yield Difference(f"settings[trust={before.packs}]", message, head.place)


def _pattern(key: str, pattern: Pattern, message: str, place: Location) -> Difference:
    return Difference(f"settings[manifests.{key}={pattern.text}]", message, place)


def _policies(policies: list[Policy], head: Governance, title: str) -> Iterator[Difference]:
    after = {policy.name: policy for policy in head.plan.policies}
    for before in policies:
        now = after.get(before.name)
        if now is None:
            yield Difference(f"policy[{before.name}]", f"policy {before.name} was removed", before.location)
        elif requirements(before) != requirements(now) and not is_stricter(before, now):
            yield Difference(f"policy[{before.name}]", f"policy {before.name} differs from {title}", now.location)


def requirements(policy: Policy) -> object:
    """What a policy requires, of which subjects and with which severity, with its parameters by name."""
    return tuple(bare(part) for part in (policy.subject, policy.verb, policy.severity))


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
