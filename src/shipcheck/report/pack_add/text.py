"""The packs that were added or updated, what differs, and what to do next."""

from collections.abc import Sequence

from shipcheck.model.pack_add import AddedPack
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(added: Sequence[AddedPack], _style: Style = PLAIN) -> str:
    """Each pack with its source and its digest."""
    return "".join(_pack(one) for one in added) or "no packs in the lock file; add one with 'shipcheck pack add'\n"


def _pack(placed: AddedPack) -> str:
    pack, before = placed.pack, placed.before
    if placed.is_same:
        lines = [f"{pack.label} is unchanged at {pack.source}"]
        lines += [f"next  a later version is there; run 'shipcheck pack add {placed.newer}'"] if placed.newer else []
        return "\n".join(map(visible, lines)) + "\n"
    was = f" (was {before.version})" if before is not None and before.version != pack.version else ""
    lines = [f"added {pack.label}{was} from {pack.source}"]
    lines += [f"  resolved  {pack.resolved}"] if pack.resolved != pack.digest else []
    lines += [f"  digest    {pack.digest}"]
    lines += [f"  signer    {pack.signer}"] if pack.signer else []
    lines += [f"  {change}" for change in placed.changes]
    if not placed.listed:
        lines += ["next  name it under 'packs' in .shipcheck/settings.yaml:", "", f"        packs: [core, {pack.name}]", ""]
    lines.append("next  run 'shipcheck check', and commit .shipcheck/")
    return "\n".join(visible(line) for line in lines) + "\n"
