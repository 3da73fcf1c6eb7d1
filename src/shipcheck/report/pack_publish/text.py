"""The pack that was published, and where."""

from shipcheck.model.pack_publish import PublishedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(published: PublishedPack, _style: Style = PLAIN) -> str:
    """The place, the digest, and whether it is signed."""
    lines = [f"published {published.label} to {published.place}", f"  digest    {published.digest}"]
    lines += [f"  resolved  {published.resolved}"] if published.resolved else []
    lines += [] if published.is_signed else ["  not signed; to sign it, run 'shipcheck pack sign' and publish again"]
    return "\n".join(visible(line) for line in lines) + "\n"
