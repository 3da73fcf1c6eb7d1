"""The waivers that were removed."""

from shipcheck.model.waiver import Standing
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(gone: tuple[Standing, ...], _style: Style = PLAIN) -> str:
    """What was taken out."""
    if not gone:
        return "no waiver here is unused, so nothing is taken out\n"
    lines = [f"taken out: {visible(standing.waiver.names)}" for standing in gone]
    return "\n".join(lines) + "\n"
