"""The description of a pack, before its policies."""

from dataclasses import dataclass
from typing import NamedTuple

from shipcheck.model.location import Location
from shipcheck.model.pack_field import PackField
from shipcheck.model.settings import ParameterSetting, SeveritySetting
from shipcheck.model.softening import Softening


class Extension(NamedTuple):
    """Another pack that a pack builds on, in a range of versions."""

    pack: str
    versions: str
    location: Location


@dataclass(frozen=True, slots=True)
class PackHead:
    """A pack's own description; what it does not say is empty. `changelog` has pairs of a version and its text."""

    name: str = ""
    version: str = ""
    description: str = ""
    namespace: str = ""
    requires: str = ""
    requires_at: Location | None = None
    license: str = ""
    homepage: str = ""
    maintainers: tuple[str, ...] = ()
    changelog: tuple[tuple[str, str], ...] = ()
    extends: tuple[Extension, ...] = ()
    parameters: tuple[ParameterSetting, ...] = ()
    severities: tuple[SeveritySetting, ...] = ()
    softenings: tuple[Softening, ...] = ()
    fields: tuple[PackField, ...] = ()
