"""The settings in effect in a repository, with the origin of each."""

from dataclasses import dataclass

from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem


@dataclass(frozen=True, slots=True)
class EffectiveValue:
    """One value in effect, as a person writes it; `origin` is the file and line that sets it, or says that it is the default."""

    key: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class EffectiveSettings:
    """What `shipcheck settings` prints, with origins if `with_origins`. With problems there are no values.

    `settings_invalid` says that the settings are wrong.
    """

    values: tuple[EffectiveValue, ...]
    problems: tuple[Problem, ...]
    texts: Texts
    settings_invalid: bool = False
    with_origins: bool = False
