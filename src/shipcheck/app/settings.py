"""`shipcheck settings`: the effective settings of a repository, with their origin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shipcheck.model.document import texts_of
from shipcheck.model.location import Location
from shipcheck.model.policy import Pack, Policy
from shipcheck.model.problem import Problem
from shipcheck.pipeline.prepare import Prepared, prepare
from shipcheck.pipeline.state import WORKTREE, State

DEFAULT = "the default"


@dataclass(frozen=True, slots=True)
class Effective:
    """One effective setting: its name, its value as written, and the file and line it comes from."""

    key: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The effective settings, or the problems that prevent it; `misused` means that the settings are malformed."""

    values: tuple[Effective, ...]
    problems: tuple[Problem, ...]
    misused: bool
    texts: Mapping[tuple[str, str], bytes]


def settings_shown(path: Path | None, as_of: date, state: State = WORKTREE) -> SettingsShown:
    """The effective settings of a repository on a date.

    Raises:
        UsageError: the path is not a folder, or no git repository has the state.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(path, state, as_of)
    problems = prepared.problems
    texts = texts_of(prepared.files)
    values = () if problems else tuple(_values(prepared))
    return SettingsShown(values, problems, bool(prepared.settings_problems), texts)


def _values(prepared: Prepared) -> Iterator[Effective]:
    settings = prepared.settings
    yield Effective("fail_on", str(settings.fail_on), _from(settings.fail_on_at))
    for key, patterns in (("manifests.also", settings.also), ("manifests.ignore", settings.ignore)):
        for pattern in patterns:
            yield Effective(key, pattern.text, _from(pattern.location))
    places = {setting.name: setting.location for setting in settings.packs}
    for pack in sorted(prepared.plan.packs, key=lambda pack: pack.name):
        locked = prepared.lock.find(pack.name) if prepared.lock else None
        origin = _from(places[pack.name]) if pack.name in places else "extended, or local"
        yield Effective(f"packs.{pack.name}", pack.version, _from(locked.location) if locked else origin)
        yield from _of_pack(pack)
    for item in prepared.plan.softened:
        if item.to == "drop":
            yield Effective(f"severities.{item.what}", f"not judged until {item.until.isoformat()}", _from(item.location))


def _of_pack(pack: Pack) -> Iterator[Effective]:
    for parameter in pack.parameters:
        yield Effective(
            f"parameters.{pack.name}.{parameter.name}", parameter.shown, _from(parameter.origin or parameter.location)
        )
    for policy in pack.policies:
        yield Effective(f"severities.{policy.name}", _weight(policy), _from(policy.origin or policy.location))


def _weight(policy: Policy) -> str:
    """The severities that a finding of the policy can have, highest first."""
    return " or ".join(dict.fromkeys(str(policy.weighed(rung.severity)) for rung in policy.severity))


def _from(place: Location | None) -> str:
    return f"{place.path}:{place.line}" if place else DEFAULT
