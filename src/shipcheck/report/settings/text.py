"""The effective settings, one on a line."""

from shipcheck.model.effective_settings import EffectiveSettings
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(settings: EffectiveSettings, _style: Style = PLAIN) -> str:
    """One line for each value, with its origin where that is asked for."""
    width = max((len(visible(item.key)) for item in settings.values), default=0)
    lines = [
        f"{visible(item.key).ljust(width)}  {visible(item.value)}"
        + (f"    {visible(item.origin)}" if settings.with_origins else "")
        for item in settings.values
    ]
    return "\n".join(lines) + "\n"
