"""The pack that was signed, and by which keys."""

from shipcheck.model.pack_sign import SignedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(signed: SignedPack, _style: Style = PLAIN) -> str:
    """The pack, then a line for each key."""
    lines = [f"signed {signed.label}", *(f"  by {key.id}" for key in signed.keys)]
    return "\n".join(visible(line) for line in lines) + "\n"
