"""Where the program starts: `--version` without any import, everything else through click, every exit code decided."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from shipcheck import __version__  # noqa: PLC0415 - nothing else is needed, and imports are the whole cost here

        try:
            sys.stdout.write(f"shipcheck {__version__}\n")
            sys.stdout.flush()
        except (AttributeError, OSError):  # standard output is closed, or takes nothing
            from shipcheck.errors import ExitCode  # noqa: PLC0415 - as above

            os._exit(ExitCode.NOT_JUDGED)
        os._exit(0)
    from shipcheck.cli.run import run  # noqa: PLC0415 - loads click

    code = run()
    # Taking a large graph apart object by object takes a fifth of the whole run, and the system frees it all at once anyway.
    # Everything that a command writes is flushed by then.
    os._exit(code)
