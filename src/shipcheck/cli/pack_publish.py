"""`shipcheck pack publish`."""

from pathlib import Path

import click

from shipcheck.app.pack_publish import pack_publish
from shipcheck.cli.dates import today
from shipcheck.cli.output import write


@click.command("publish")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("target")
def command(folder: Path, target: str) -> int:
    """Publish the pack in FOLDER to TARGET: oci://HOST/REPOSITORY, or a file such as agents-base-1.2.0.tar.gz.

    In a registry the pack's version is its tag, and what is there already is never replaced.
    """
    done = pack_publish(folder, target, today())
    lines = [f"published {done.label} to {done.place}", f"  digest    {done.digest}"]
    lines += [f"  resolved  {done.resolved}"] if done.resolved else []
    lines += [] if done.is_signed else ["  it is not signed; 'shipcheck pack sign' does that"]
    write("\n".join(lines) + "\n", None)
    return 0
