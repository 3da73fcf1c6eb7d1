"""What `shipcheck policy new` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """The folder of the pack, and the files that were written."""

    pack: str
    files: tuple[str, ...]
