"""The packs in use, one on a line."""

from collections.abc import Sequence

from shipcheck.english import counted, listed
from shipcheck.model.pack_list import ListedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(packs: Sequence[ListedPack], _style: Style = PLAIN) -> str:
    """A line a pack: its version, where it comes from, what it holds."""
    rows = [(visible(item.pack.name), visible(item.pack.version), _contents(item), item.source) for item in packs]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = ["  ".join([*(row[column].ljust(widths[column]) for column in range(3)), visible(row[3])]) for row in rows]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _contents(item: ListedPack) -> str:
    contents = [counted(len(item.pack.policies), "policy", "policies")]
    if item.provides:
        contents.append(counted(len(item.provides), "component"))
    return listed(contents, "and")
