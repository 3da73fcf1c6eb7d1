"""Versions and ranges of them, written as pip writes them: `1.2.0`, and `>=1.2,<2`."""

import re

PACK_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}")
LONGEST = 200


def is_range(text: str) -> bool:
    """Whether that is a range of versions, or a version of three numbers, which means itself."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only who uses packs pays for it

    try:
        return bool(text.strip()) and len(text) <= LONGEST and bool(SpecifierSet(_range(text)))
    except InvalidSpecifier:
        return False


def fits(version: str, wanted: str) -> bool:
    """Whether a version lies in a range; what is no version, or no range, fits nothing."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415

    try:
        return SpecifierSet(_range(wanted)).contains(Version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return False


def is_older(version: str, other: str) -> bool:
    """Whether a version comes before another one; what is no version comes before every other."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415

    try:
        return Version(version) < Version(other)
    except InvalidVersion:
        return True


def _range(text: str) -> str:
    return f"=={text}" if PACK_VERSION.fullmatch(text) else text
