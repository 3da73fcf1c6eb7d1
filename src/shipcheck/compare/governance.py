"""Settings and policies that are looser than those of the base.

The policy language cannot express them, so they are compared here and reported as findings of built-in rules. Until the head is
merged, those of the base apply.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from shipcheck.compare.declared_fields import fields_changed
from shipcheck.compare.rules import POLICY, SETTINGS, Difference, result
from shipcheck.compare.strictness import LOOSER, SAME, STRICTER, bare, strictness
from shipcheck.model.edit import GOVERNANCE, Edit
from shipcheck.model.location import Location
from shipcheck.model.lock import PACKS
from shipcheck.model.policy import Parameter, Plan, Policy, Severity, show_parameter
from shipcheck.model.report import PolicyResult
from shipcheck.model.settings import Pattern, Settings
from shipcheck.model.trust import TrustSetting
from shipcheck.model.waiver import Waiver


class Governance(NamedTuple):
    """The governance of a revision: its settings, its plan, and the place that represents it as a whole.

    `title` names the revision in messages. `matches` says whether a pattern matches a file of it; if it is not known, any does.
    """

    settings: Settings
    plan: Plan
    place: Location
    waivers: tuple[Waiver, ...] = ()
    title: str = "the base"
    matches: Callable[[Pattern], bool] = lambda _: True


def weakened(
    base: Governance, head: Governance, severity: Severity = Severity.WARNING, disowned: Iterable[Difference] = ()
) -> tuple[PolicyResult, ...]:
    """Where the head's settings and policies are looser than the base's, as the results of two rules.

    `disowned` are files whose code owners are others. `severity` is that of all findings.
    """
    kept = {pack.name for pack in head.plan.packs}
    policies = [policy for policy in base.plan.policies if policy.pack in kept]
    parts = (_packs, _fields, _parameters, _severities, _limit, _patterns, _branches, _trust, _code)
    settings = [item._replace(severity=severity) for part in parts for item in part(base, head)]
    settings += [item._replace(severity=severity) for item in disowned]
    changed = [item._replace(severity=severity) for item in _policies(policies, head, base.title)]
    return (
        result(SETTINGS, settings, max(1, len(settings))),
        result(POLICY, changed, len(policies)),
    )


def _packs(base: Governance, head: Governance) -> Iterator[Difference]:
    kept = {pack.name for pack in head.plan.packs}
    for pack in base.plan.packs:
        if pack.name not in kept:
            edit = _edit(head, f"packs.{pack.name}", "in use", None)
            yield Difference(f"settings[packs={pack.name}]", f"pack {pack.name} is no longer in use", head.place, edits=edit)


def _fields(base: Governance, head: Governance) -> Iterator[Difference]:
    after = {pack.name: pack for pack in head.plan.packs}
    for pack in base.plan.packs:
        for change in fields_changed(pack, after[pack.name]) if pack.name in after else ():
            if change.loosens:
                name = f"fields.{pack.name}.{change.field.path}" + (f".{change.what}" if change.what else "")
                message = change.text(pack.name) + (f" in {base.title}" if change.what else "")
                place = change.field.location if pack.name == "local" else head.place
                yield Difference(f"settings[{name}]", message, place, edits=_edit(head, name, change.before, change.after))


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
                values = (show_parameter(parameter.type, parameter.value) for parameter in (before, now))
                yield Difference(f"settings[parameters.{name}]", message, place, edits=_edit(head, f"parameters.{name}", *values))


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
            edit = _edit(head, f"severities.{before.name}", str(before.at_least), str(now.at_least))
            yield Difference(f"settings[severities.{before.name}]", message, head.place, edits=edit)
        if now is not None and now.at_most < before.at_most:
            message = f"the severity of {before.name} is lowered to {now.at_most}"
            edit = _edit(head, f"severities.{before.name}", str(before.at_most), str(now.at_most))
            yield Difference(f"settings[severities.{before.name}]", message, now.origin or head.place, edits=edit)


def _limit(base: Governance, head: Governance) -> Iterator[Difference]:
    before, now = base.settings.fail_on, head.settings.fail_on
    if now > before:
        edit = _edit(head, "fail_on", str(before), str(now))
        yield Difference("settings[fail_on]", f"fail_on is {now}, was {before} in {base.title}", head.place, edits=edit)


def _patterns(base: Governance, head: Governance) -> Iterator[Difference]:
    known = {pattern.text for pattern in base.settings.ignore}
    for pattern in head.settings.ignore:
        if pattern.text not in known and base.matches(pattern):
            edit = _edit(head, "manifests.ignore", None, pattern.text)
            message = f"manifests that match '{pattern.text}' are now ignored"
            yield _pattern("ignore", pattern, message, pattern.location)._replace(edits=edit)
    kept = {pattern.text for pattern in head.settings.also}
    for pattern in base.settings.also:
        if pattern.text not in kept and head.matches(pattern):
            edit = _edit(head, "manifests.also", pattern.text, None)
            message = f"files that match '{pattern.text}' are no longer manifests"
            yield _pattern("also", pattern, message, head.place)._replace(edits=edit)


def _trust(base: Governance, head: Governance) -> Iterator[Difference]:
    """Signatures that are no longer required, or may be by keys that the base does not trust."""
    for before in base.settings.trust:
        known = set(before.keys)
        if not any(now.covers(before.packs) and known.issuperset(now.keys) for now in head.settings.trust):
            message = f"packs that match '{before.packs}' no longer need a signature by the keys of {base.title}"
            after = next((_digest(_ids(now)) for now in head.settings.trust if now.packs == before.packs), None)
            edit = _edit(head, f"trust.{before.packs}", _digest(_ids(before)), after)
            yield Difference(f"settings[trust={before.packs}]", message, head.place, edits=edit)


def _branches(base: Governance, head: Governance) -> Iterator[Difference]:
    known = {pattern.text for pattern in base.settings.branches}
    for pattern in head.settings.branches:
        if pattern.text not in known:
            message = f"changes to branches that match '{pattern.text}' are now judged by the rules of those branches"
            edit = _edit(head, "branches", None, pattern.text)
            yield Difference(f"settings[branches={pattern.text}]", message, pattern.location, edits=edit)


def _code(base: Governance, head: Governance) -> Iterator[Difference]:
    """Gaps in coverage that fail a run no longer; one that is kept for the whole repository is not among them."""
    kept = {(setting.word, setting.folder) for setting in head.settings.code}
    for setting in base.settings.code:
        if kept.isdisjoint({(setting.word, setting.folder), (setting.word, "")}):
            key = f"code.folders.{setting.folder}" if setting.folder else "code.fail"
            message = f"coverage may have gaps of '{setting.word}' again{f' in {setting.folder}' if setting.folder else ''}"
            edit = _edit(head, key, setting.word, None)
            yield Difference(f"settings[code={setting.folder}:{setting.word}]", message, head.place, edits=edit)


def _pattern(key: str, pattern: Pattern, message: str, place: Location) -> Difference:
    return Difference(f"settings[manifests.{key}={pattern.text}]", message, place)


def _policies(policies: list[Policy], head: Governance, title: str) -> Iterator[Difference]:
    after = {policy.name: policy for policy in head.plan.policies}
    for before in policies:
        now = after.get(before.name)
        if now is None:
            edit = Edit(_file_of(before), f"policies.{before.name}", _digest(_requirements(before)), None)
            yield Difference(f"policy[{before.name}]", f"policy {before.name} was removed", before.location, edits=(edit,))
        elif before != now and (change := strictness(before, now)) not in {SAME, STRICTER}:
            digests = (_digest(_requirements(policy)) for policy in (before, now))
            edit = Edit(_file_of(before), f"policies.{before.name}", *digests)
            message = f"policy {before.name} {'is looser than in' if change is LOOSER else 'differs from'} {title}"
            yield Difference(f"policy[{before.name}]", message, now.location, edits=(edit,))


def _file_of(policy: Policy) -> str:
    """The file of a policy, or the folder of the versions of its pack."""
    path = policy.location.path
    return path if path.startswith(GOVERNANCE) else f"{PACKS}/{policy.pack}"


def _edit(head: Governance, key: str, before: str | None, after: str | None) -> tuple[Edit]:
    """An edit of the settings."""
    return (Edit(head.place.path, key, before, after),)


def _ids(trust: TrustSetting) -> list[tuple[str, str]]:
    return sorted((key.id, key.ed25519) for key in trust.keys)


def _digest(value: object) -> str:
    """What a consent names instead of a value that is too long for one."""
    return f"sha256:{sha256(repr(value).encode('utf-8', 'surrogatepass')).hexdigest()}"


def _requirements(policy: Policy) -> object:
    """What a policy requires, of which subjects and with which severity, with its parameters by name."""
    return tuple(bare(part) for part in (policy.subject, policy.verb, policy.severity))
