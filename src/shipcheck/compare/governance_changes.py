"""Every value of settings, packs, policies and waivers that differs from the base, with the direction of the change."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from shipcheck.compare.declared_fields import fields_changed
from shipcheck.compare.governance import Governance, is_looser, weakened
from shipcheck.compare.proposed import waived_more
from shipcheck.compare.rules import SETTINGS
from shipcheck.compare.strictness import LOOSER, STRICTER, is_same, strictness
from shipcheck.model.change import Change, Direction
from shipcheck.model.location import Location
from shipcheck.model.policy import Pack, Policy
from shipcheck.model.settings import Settings
from shipcheck.model.waiver import Waiver

SETTING, PACK, POLICY, WAIVER = "setting-changed", "pack-changed", "policy-changed", "waiver-changed"
# The keys in the settings file, where they are called otherwise.
_KEYS = {"also": "manifests.also", "ignore": "manifests.ignore"}
_UNSET = "not declared"


def governance_changes(base: Governance, head: Governance) -> Iterator[Change]:
    """The changed settings, then packs and policies, then waivers."""
    yield from _settings(base, head)
    before, after = ({pack.name: pack for pack in side.plan.packs} for side in (base, head))
    for name in sorted(before.keys() | after.keys()):
        yield from _pack(name, before.get(name), after.get(name))
    policies, others = ({policy.name: policy for policy in side.plan.policies} for side in (base, head))
    for name in sorted(policies.keys() | others.keys()):
        yield from _policy(policies.get(name), others.get(name))
    yield from _waivers(base.waivers, head.waivers)


def _settings(base: Governance, head: Governance) -> Iterator[Change]:
    before, after = _values(base.settings), _values(head.settings)
    if before == after:
        return
    looser, stricter = _loosened(base, head), _loosened(head, base)
    for key in before:
        if before[key] != after[key]:
            direction: Direction = "weaker" if key in looser else "stricter" if key in stricter else ""
            text = f"{key} is {after[key]}, was {before[key]}"
            yield Change(
                SETTING, "settings", text, head.place, field=key, before=before[key], after=after[key], direction=direction
            )


def _loosened(base: Governance, head: Governance) -> set[str]:
    """The settings that are looser in the head, by their keys."""
    found = [finding for result in weakened(base, head) if result.policy == SETTINGS.name for finding in result.findings]
    subjects = {finding.subject.removeprefix("settings[").removesuffix("]") for finding in found}
    return {key for key in _values(base.settings) for subject in subjects if subject.startswith(key)}


def _values(settings: Settings) -> dict[str, str]:
    """The settings as text, by their keys; a new setting is compared without a line of its own here."""
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {_KEYS.get(name, name): _text(value) for name, value in values.items() if not name.endswith("_at")}


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    if is_dataclass(value) and not isinstance(value, Location):
        parts = (getattr(value, field.name) for field in fields(value))
        return " ".join(_text(part) for part in parts if part is not None and not isinstance(part, Location))
    return str(value)


def _pack(name: str, before: Pack | None, now: Pack | None) -> Iterator[Change]:
    old, new = before.version if before else _UNSET, now.version if now else _UNSET
    if old != new:
        yield Change(PACK, name, f"version of {name} is {new}, was {old}", field="version", before=old, after=new)
    for change in fields_changed(before, now) if before and now else ():
        key = ".".join(filter(None, (change.field.path, change.what)))
        which: Direction = "weaker" if change.loosens else ""
        yield Change(PACK, name, change.text(name), field=key, before=change.before, after=change.after, direction=which)
    for parameter in now.parameters if now else ():
        known = {known.name: known for known in before.parameters}.get(parameter.name) if before else None
        if known is not None and known.shown != parameter.shown:
            text = f"parameter {name}.{parameter.name} is {parameter.shown}, was {known.shown}"
            how: Direction = "weaker" if is_looser(known, parameter.value) else "stricter"
            yield Change(PACK, name, text, field=parameter.name, before=known.shown, after=parameter.shown, direction=how)


def _policy(before: Policy | None, now: Policy | None) -> Iterator[Change]:
    if before is None and now is not None:
        yield Change(POLICY, now.name, f"policy {now.name} is new", now.location, direction="stricter")
    elif now is None and before is not None:
        yield Change(POLICY, before.name, f"policy {before.name} was removed", before.location, direction="weaker")
    elif before is not None and now is not None and before != now:
        changed = [name for name in _TOLD if not is_same(getattr(before, name), getattr(now, name))]
        if changed:
            direction = _direction(before, now)
            how = f" and is {direction}" if direction else ""
            text = f"policy {now.name} is changed{how}: {', '.join(changed)}"
            yield Change(POLICY, now.name, text, now.location, direction=direction)


_TOLD = ("title", "why", "fix", "controls", "subject", "verb", "severity", "at_least", "at_most", "message", "may_soften")


def _direction(before: Policy, now: Policy) -> Direction:
    levels = (now.at_least - before.at_least, now.at_most - before.at_most)
    how = strictness(before, now)
    if how is LOOSER or min(levels) < 0:
        return "weaker"
    return "stricter" if how is STRICTER or max(levels) > 0 else ""


def _waivers(base: tuple[Waiver, ...], head: tuple[Waiver, ...]) -> Iterator[Change]:
    before, after = ({waiver.fingerprint: waiver for waiver in side} for side in (base, head))
    more = {change.subject for change in waived_more(base, head, {})}
    for fingerprint in sorted(before.keys() | after.keys(), key=lambda one: (after.get(one) or before[one]).names):
        old, new = before.get(fingerprint), after.get(fingerprint)
        known = _terms(old)
        differing = [(key, known.get(key, _UNSET), value) for key, value in _terms(new).items() if value != known.get(key)]
        if new is None and old is not None:
            yield Change(WAIVER, old.names, f"the waiver of {old.names} was removed", old.location, direction="stricter")
        elif new is not None and differing:
            # A new waiver is a proposed one, and listed as that.
            direction: Direction = "weaker" if new.names in more else ""
            for key, was, value in differing if old else ():
                text = f"{key} of the waiver of {new.names} is {value}, was {was}"
                yield Change(WAIVER, new.names, text, new.location, field=key, before=was, after=value, direction=direction)


def _terms(waiver: Waiver | None) -> Mapping[str, str]:
    if waiver is None:
        return {}
    terms = {field.name: getattr(waiver.terms, field.name) for field in fields(waiver.terms) if not field.name.endswith("_at")}
    return {name: str(value) for name, value in terms.items()} | {"up_to": str(waiver.up_to), "members": _text(waiver.members)}
