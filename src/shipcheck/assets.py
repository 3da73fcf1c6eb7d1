"""The bundled policies and schemas: in the wheel, or next to src in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def _root() -> Traversable:
    bundled = files("shipcheck") / "_bundled"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent.parent


def policies() -> Traversable:
    """The folder of the built-in packs, one folder each."""
    return _root() / "policies"


def schemas() -> Traversable:
    """The folder of the vocabulary and the JSON Schemas."""
    return _root() / "schemas"
