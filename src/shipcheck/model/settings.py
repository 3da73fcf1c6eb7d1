"""The settings of a repository."""

from dataclasses import dataclass

from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.trust import TrustSetting


@dataclass(frozen=True, slots=True)
class ParameterSetting:
    """A tighter value for one parameter of one pack."""

    pack: str
    name: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class SeveritySetting:
    """A higher severity for one policy, by its full name."""

    policy: str
    severity: Severity
    location: Location


@dataclass(frozen=True, slots=True)
class PackSetting:
    """A pack that the repository uses."""

    name: str
    version: str | None
    location: Location | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path pattern and where it is written."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class CodeSetting:
    """A line of coverage that must be empty: its word, the folder in which, none for all, and where that is written."""

    word: str
    folder: str
    location: Location


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one repository; the defaults are those of a repository without settings.

    `roots` are folders that `--root` may name, `branches` those that decide as the default branch does. `code` is what of the
    coverage of code fails a run.
    """

    packs: tuple[PackSetting, ...] = (PackSetting("core", None, None),)
    parameters: tuple[ParameterSetting, ...] = ()
    severities: tuple[SeveritySetting, ...] = ()
    also: tuple[Pattern, ...] = ()
    ignore: tuple[Pattern, ...] = ()
    fail_on: Severity = Severity.ERROR
    fail_on_at: Location | None = None
    trust: tuple[TrustSetting, ...] = ()
    roots: tuple[Pattern, ...] = ()
    branches: tuple[Pattern, ...] = ()
    code: tuple[CodeSetting, ...] = ()
