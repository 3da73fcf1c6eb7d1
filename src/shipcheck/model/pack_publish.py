"""What `shipcheck pack publish` prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedPack:
    """A published pack: under this address, or as this file to upload to a web server."""

    label: str
    digest: str
    place: str
    resolved: str
    is_signed: bool
