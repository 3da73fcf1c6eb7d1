"""The effective settings as JSON."""

from shipcheck.model.effective_settings import EffectiveSettings
from shipcheck.report.encode import as_json
from shipcheck.report.style import PLAIN, Style


def render(settings: EffectiveSettings, _style: Style = PLAIN) -> str:
    """An array with an object for each value."""
    return as_json([{"key": item.key, "value": item.value, "origin": item.origin} for item in settings.values])
