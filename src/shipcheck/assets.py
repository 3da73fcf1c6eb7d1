"""Where the bundled policies and schemas are: inside the wheel, or beside src in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def _root() -> Traversable:
    bundled = files("shipcheck") / "_bundled"
    return bundled if bundled.is_dir() else Path(__file__).parent.parent.parent


def policies() -> Traversable:
    """The folder that holds the built-in packs, one folder a pack."""
    return _root() / "policies"


def schemas() -> Traversable:
    """The folder that holds the vocabulary and the JSON Schemas."""
    return _root() / "schemas"
