"""What `shipcheck pack publish` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedPack:
    """A pack that others can get: under this address, or from this file once a web server has it."""

    label: str
    digest: str
    place: str
    resolved: str
    is_signed: bool
