"""The one place that turns exceptions into exit codes."""

import gc
import platform
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress

import click

from shipcheck import __version__
from shipcheck.errors import CannotJudgeError, UsageError

USAGE, CANNOT_JUDGE, INTERNAL, INTERRUPTED = 2, 3, 4, 130


def run() -> int:  # noqa: PLR0911 - one return for each way to leave
    """Run the command that argv names and flush what it wrote; its exit code, and for every failure a message, no traceback."""
    # A run builds one large graph and ends; collecting in between costs a quarter of the time and frees nothing.
    gc.disable()
    try:
        from shipcheck.cli.group import group  # noqa: PLC0415 - inside, so that a broken installation is reported too

        code = group.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit:  # click's answer to a closed pipe, as 1, which would mean findings
        return CANNOT_JUDGE
    except click.ClickException as error:
        return _misused(error)
    except UsageError as error:
        return _fail(str(error), USAGE)
    except CannotJudgeError as error:
        return _fail(str(error), CANNOT_JUDGE)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", INTERRUPTED)
    except (OSError, MemoryError) as error:
        return _fail(_refused(error), CANNOT_JUDGE)
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        return _report_bug(error)
    return code if isinstance(code, int) else 0


def _misused(error: click.ClickException) -> int:
    """Say what is wrong with the command line, in the manner of all other messages, and where its help is."""
    context = getattr(error, "ctx", None)
    if (
        context is None or type(error).__name__ == "NoArgsIsHelpError"
    ):  # its message is the help; older releases have no such class
        return _leave(error.show, USAGE)
    message = error.format_message().rstrip(".")
    return _fail(f"{message[:1].lower()}{message[1:]}\n  '{context.command_path} --help' says what there is", USAGE)


def _fail(message: str, code: int) -> int:
    return _leave(lambda: click.echo(f"shipcheck: {message}", err=True), code)


def _refused(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory; allow more, or check the parts of the repository one by one"
    return f"the system refuses: {error}"


def _leave(say: Callable[[], None], code: int) -> int:
    """Say why, where standard error takes it: one that is full or gone changes no exit code."""
    with suppress(OSError):
        say()
        if sys.stderr is not None:
            sys.stderr.flush()
    return code


def _report_bug(error: Exception) -> int:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.replace(chr(92), '/').rpartition('shipcheck/')[2]}:{frame.lineno} in {frame.name}"
    text = (
        "shipcheck: this is shipcheck's own fault, not yours. Nothing was judged. Please file these lines:\n"
        f"  shipcheck {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"  {type(error).__name__} at {place}\n"
        f"  {error}"
    )
    return _leave(lambda: click.echo(text, err=True), INTERNAL)
