"""`shipcheck pack add`."""

from pathlib import Path

import click

from shipcheck.app.pack_add import pack_add
from shipcheck.cli.declare import declare
from shipcheck.cli.options import root_option, today
from shipcheck.cli.output import show
from shipcheck.cli.progress import Bar
from shipcheck.errors import ExitCode
from shipcheck.pipeline.editing import editing


@declare(
    "pack add",
    exits={
        ExitCode.PASS: "the pack is added, or unchanged",
        ExitCode.NOT_JUDGED: "the pack cannot be fetched, verified or written",
    },
    examples=(
        "shipcheck pack add path:../agents-base",
        "shipcheck pack add git+https://git.example.com/packs.git@v1.2.0//agents-base",
        "shipcheck pack add oci://registry.example.com/governance/agents-base:1.2.0",
        "shipcheck pack add https://example.com/agents-base-1.2.0.tar.gz",
        "shipcheck pack add pypi:acme-agents-base",
    ),
)
@click.argument("source")
@root_option
def command(*, source: str, root: Path | None) -> ExitCode:
    """Fetches the pack from SOURCE, verifies it, and writes it to .shipcheck/packs/ and .shipcheck/lock.yaml.

    Commit both: a check reads only committed packs.

    \b
    SOURCE is one of
      path:FOLDER                                   a local folder
      git+https://HOST/REPOSITORY@REF//FOLDER       also git+ssh and git+file
      oci://HOST/REPOSITORY:TAG                     also @sha256:DIGEST
      https://HOST/FILE.tar.gz                      also with //FOLDER at its end
      pypi:PACKAGE                                  installed in shipcheck's environment
    """  # noqa: D301 - \b is click's mark for text that is not wrapped
    with editing(root), Bar() as progress:
        show("pack add", (pack_add(source, root, today(), progress),))
    return ExitCode.PASS
