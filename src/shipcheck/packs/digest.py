"""The digest of a pack's files: what they are called and what they hold, and nothing of how they were packed or sent."""

from collections.abc import Mapping
from hashlib import sha256

PREFIX = "h1:"


def tree_digest(files: Mapping[str, bytes]) -> str:
    """`h1:` and the SHA-256, in hexadecimal, of one line for each file: its own SHA-256, two spaces, its path, a newline.

    The lines are sorted by path, byte by byte; so within the pack's folder, where every path is plain ASCII,
    `find * -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` prints the same.
    """
    lines = (f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return PREFIX + sha256("".join(lines).encode("utf-8")).hexdigest()
