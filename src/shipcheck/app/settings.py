"""`shipcheck settings`: the effective settings of a repository, with their origin."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shipcheck.model.document import texts_of
from shipcheck.model.effective_settings import EffectiveSettings, EffectiveValue
from shipcheck.model.location import Location
from shipcheck.model.policy import Pack, Policy
from shipcheck.pipeline.prepare import Prepared, prepare
from shipcheck.pipeline.state import WORKTREE, State

DEFAULT = "the default"


def effective_settings(root: Path | None, as_of: date, state: State = WORKTREE) -> EffectiveSettings:
    """The effective settings of a repository on a date.

    Raises:
        UsageError: the path is not a folder, or no git repository has the state.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(root, state, as_of)
    problems = prepared.problems
    texts = texts_of(prepared.files)
    values = () if problems else tuple(_values(prepared))
    return EffectiveSettings(values, problems, texts, settings_invalid=bool(prepared.settings_problems))


def _values(prepared: Prepared) -> Iterator[EffectiveValue]:
    settings = prepared.settings
    yield EffectiveValue("fail_on", str(settings.fail_on), _from(settings.fail_on_at))
    for key, patterns in (("manifests.also", settings.also), ("manifests.ignore", settings.ignore)):
        for pattern in patterns:
            yield EffectiveValue(key, pattern.text, _from(pattern.location))
    for key, patterns in (("roots", settings.roots), ("branches", settings.branches)):
        for pattern in patterns:
            yield EffectiveValue(key, pattern.text, _from(pattern.location))
    for setting in settings.code:
        key = f"code.folders.{setting.folder}" if setting.folder else "code.fail"
        yield EffectiveValue(key, setting.word, _from(setting.location))
    places = {setting.name: setting.location for setting in settings.packs}
    for pack in sorted(prepared.plan.packs, key=lambda pack: pack.name):
        locked = prepared.lock.find(pack.name) if prepared.lock else None
        origin = _from(places[pack.name]) if pack.name in places else "extended, or local"
        yield EffectiveValue(f"packs.{pack.name}", pack.version, _from(locked.location) if locked else origin)
        yield from _of_pack(pack)
    for item in prepared.plan.softened:
        if item.to == "drop":
            yield EffectiveValue(f"severities.{item.what}", f"not judged until {item.until.isoformat()}", _from(item.location))


def _of_pack(pack: Pack) -> Iterator[EffectiveValue]:
    for parameter in pack.parameters:
        yield EffectiveValue(
            f"parameters.{pack.name}.{parameter.name}", parameter.shown, _from(parameter.origin or parameter.location)
        )
    for policy in pack.policies:
        yield EffectiveValue(f"severities.{policy.name}", _weight(policy), _from(policy.origin or policy.location))


def _weight(policy: Policy) -> str:
    """The severities that a finding of the policy can have, highest first."""
    return " or ".join(dict.fromkeys(str(policy.weighed(rung.severity)) for rung in policy.severity))


def _from(place: Location | None) -> str:
    return f"{place.path}:{place.line}" if place else DEFAULT
