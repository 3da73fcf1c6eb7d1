"""The digest of a pack's files: of their paths and contents, independent of how they were packed or sent."""

from collections.abc import Mapping
from hashlib import sha256

PREFIX = "h1:"


def tree_digest(files: Mapping[str, bytes]) -> str:
    """The digest of the list of all files: `h1:` and its SHA-256 in hexadecimal.

    Within the pack's folder, where every path is plain ASCII without spaces,
    `find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` prints the same.
    """
    return list_digest(sums_text(files).encode("ascii"))


def list_digest(sums: bytes) -> str:
    """The digest of a list of files as written."""
    return PREFIX + sha256(sums).hexdigest()


def sums_text(files: Mapping[str, bytes]) -> str:
    """The list of all files, in the format of `sha256sum`: their SHA-256 and their paths, sorted by path."""
    return "".join(f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))


def read_sums(sums: bytes) -> dict[str, str]:
    """The SHA-256 of each file in a list, by its path. Only a list whose digest equals the locked one can be trusted."""
    lines = (line.partition("  ") for line in sums.decode("ascii", "replace").splitlines())
    return {path: digest for digest, _, path in lines}
