"""The waivers that were removed."""

from shipcheck.model.waiver import Standing
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(gone: tuple[Standing, ...], _style: Style = PLAIN) -> str:
    """One line for each."""
    if not gone:
        return "no unused waivers; nothing removed\n"
    lines = [f"removed: {visible(standing.waiver.names)}" for standing in gone]
    return "\n".join(lines) + "\n"
