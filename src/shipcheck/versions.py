"""Versions and version ranges, in the syntax of pip.

A version is `1.2.0`, a range `>=1.2,<2`.
"""

import re

PACK_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}")
LONGEST = 200


def is_range(text: str) -> bool:
    """Whether the text is a range of versions; a version of three numbers is the range of itself."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only who uses packs pays for it

    try:
        return bool(text.strip()) and len(text) <= LONGEST and bool(SpecifierSet(_range(text)))
    except InvalidSpecifier:
        return False


def satisfies(version: str, wanted: str) -> bool:
    """Whether a version is in a range; false if either is not valid."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415

    try:
        return SpecifierSet(_range(wanted)).contains(Version(version), prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return False


def is_older(version: str, other: str) -> bool:
    """Whether a version precedes another; an invalid version precedes every other."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415

    try:
        return Version(version) < Version(other)
    except InvalidVersion:
        return True


def _range(text: str) -> str:
    return f"=={text}" if PACK_VERSION.fullmatch(text) else text
