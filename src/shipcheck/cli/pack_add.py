"""`shipcheck pack add`."""

from pathlib import Path

import click

from shipcheck.app.pack_add import Placed, pack_add
from shipcheck.cli.dates import today
from shipcheck.cli.output import write
from shipcheck.cli.progress import Bar


@click.command("add")
@click.argument("source")
@click.option("--root", type=click.Path(path_type=Path), help="The root of the repository. Default: the top of the one around.")
def command(source: str, root: Path | None) -> int:
    """Get the pack from SOURCE, verify it, and write its files under .shipcheck/packs/ and .shipcheck/lock.yaml.

    \b
    SOURCE is one of
      path:FOLDER                                   a folder of this machine
      git+https://HOST/REPOSITORY@REF//FOLDER       also git+ssh and git+file
      oci://HOST/REPOSITORY:TAG                     also @sha256:DIGEST
      https://HOST/FILE.tar.gz                      also //FOLDER behind it
      pypi:PACKAGE                                  installed beside shipcheck

    Commit what it writes: a check reads that, and nothing else.
    """  # noqa: D301 - \b is click's mark for text that is not to be wrapped
    with Bar() as progress:
        placed = pack_add(source, root, today(), progress)
    write(shown(placed), None)
    return 0


def shown(placed: Placed) -> str:
    """What was done, what is different, and what is left to do."""
    pack, before = placed.pack, placed.before
    if placed.is_same:
        return f"{pack.label} is unchanged at {pack.source}\n"
    was = f" (it was {before.version})" if before is not None and before.version != pack.version else ""
    lines = [f"added {pack.label}{was} from {pack.source}"]
    lines += [f"  resolved  {pack.resolved}"] if pack.resolved != pack.digest else []
    lines += [f"  digest    {pack.digest}"]
    lines += [f"  signer    {pack.signer}"] if pack.signer else []
    lines += [f"  {change}" for change in placed.changes]
    if not placed.listed:
        lines += ["next  name it under 'packs' in .shipcheck/settings.yaml:", "", f"        packs: [core, {pack.name}]", ""]
    return "\n".join([*lines, "next  run 'shipcheck check', and commit .shipcheck/"]) + "\n"
