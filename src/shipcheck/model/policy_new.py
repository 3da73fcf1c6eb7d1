"""What `shipcheck policy new` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """The folder of the pack, the files that were written, and the one that was changed, empty if there is none."""

    pack: str
    files: tuple[str, ...]
    changed: str = ""
