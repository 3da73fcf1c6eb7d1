"""The bundled policies, detectors and schemas.

They are in the wheel, or next to src in a checkout. Both are folders of files: a wheel is unpacked when it is installed.
"""

from pathlib import Path


def _root() -> Path:
    bundled = Path(__file__).parent / "_bundled"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent.parent


def policies() -> Path:
    """The folder of the built-in packs, one folder each."""
    return _root() / "policies"


def detectors() -> Path:
    """The folder of the built-in detectors, one file each, the tables of effects in `effects`; `compiled.json` has them all."""
    return _root() / "detectors"


def schemas() -> Path:
    """The folder of the vocabulary and the JSON Schemas."""
    return _root() / "schemas"
