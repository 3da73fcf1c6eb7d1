"""The waivers that were removed."""

from shipcheck.model.waiver import JudgedWaiver
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(gone: tuple[JudgedWaiver, ...], _style: Style = PLAIN) -> str:
    """One line for each."""
    if not gone:
        return "no unused waivers; nothing removed\n"
    lines = [f"removed: {visible(judged.waiver.names)}" for judged in gone]
    return "\n".join(lines) + "\n"
