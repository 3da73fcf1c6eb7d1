"""How large a file may be that is read as YAML."""

from shipcheck.model.document import MAX_BYTES
from shipcheck.model.waiver import WAIVERS

# A baseline of a large repository is one file with one line a finding; everything else can be split.
WAIVERS_BYTES = 8 * MAX_BYTES


def most_bytes(path: str) -> int:
    """The size in bytes up to which the file at this path of a repository is read."""
    return WAIVERS_BYTES if path == WAIVERS else MAX_BYTES
