"""Where the new key is, and what to publish of it."""

from shipcheck.model.pack_sign import NewKey
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(key: NewKey, _style: Style = PLAIN) -> str:
    """The file, and the lines that go into the settings of those who use the packs."""
    lines = [
        f"wrote {key.path}; anyone who has this file can sign as you",
        "users of your packs add to .shipcheck/settings.yaml:",
        "",
        "trust:",
        "  - packs: PUBLISHER/*",
        f"    keys: [{{id: {key.public.id}, ed25519: {key.public.ed25519}}}]",
    ]
    return "\n".join(visible(line) for line in lines) + "\n"
