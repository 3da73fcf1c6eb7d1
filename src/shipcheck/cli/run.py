"""The one place that turns exceptions into exit codes."""

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from shipcheck.errors import CannotJudgeError, ExitCode, OverwritingError, UsageError


def run() -> int:  # noqa: PLR0911 - one return for each kind of end
    """Run the command that argv names and flush its output; its exit code. Every failure prints a message, never a traceback."""
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
        _withdraw("standard output is closed", ExitCode.NOT_JUDGED)
        return ExitCode.NOT_JUDGED
    except click.ClickException as error:
        return _usage_error(error)
    except UsageError as error:
        return _fail(str(error), ExitCode.USAGE, error.output if isinstance(error, OverwritingError) else None)
    except CannotJudgeError as error:
        return _fail(str(error), ExitCode.NOT_JUDGED)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", ExitCode.INTERRUPTED)
    except (OSError, MemoryError) as error:
        return _fail(_system_error(error), ExitCode.NOT_JUDGED)
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        return _report_bug(error)
    return code if isinstance(code, int) else 0


def _usage_error(error: click.ClickException) -> ExitCode:
    """Print what is wrong with the command line, in the form of all other messages, and where its help is."""
    context = getattr(error, "ctx", None)
    if (
        context is None or type(error).__name__ == "NoArgsIsHelpError"
    ):  # its message is the help; older releases have no such class
        return _leave(error.show, ExitCode.USAGE)
    message = error.format_message().rstrip(".")
    return _fail(f"{message[:1].lower()}{message[1:]}\n  run '{context.command_path} --help' for usage", ExitCode.USAGE)


def _fail(message: str, code: ExitCode, spared: Path | None = None) -> ExitCode:
    _withdraw(message, code, spared)
    return _leave(lambda: click.echo(f"shipcheck: {message}", err=True), code)


def _withdraw(message: str, code: ExitCode, spared: Path | None = None) -> None:
    """Leave no report of an earlier run behind, but for a file that is none; what fails here does not change the exit code."""
    with suppress(Exception):
        from shipcheck.cli.withdraw import withdraw  # noqa: PLC0415 - only for a run that failed

        withdraw(sys.argv[1:], message.partition("\n")[0], code, spared)


def _system_error(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "out of memory; allow more, or check parts of the repository one at a time"
    return f"system error: {error}"


def _leave(say: Callable[[], None], code: ExitCode) -> ExitCode:
    """Print why. A standard error that is full or closed does not change the exit code."""
    with suppress(OSError):
        say()
        if sys.stderr is not None:
            sys.stderr.flush()
    return code


def _report_bug(error: Exception) -> ExitCode:
    from shipcheck.cli.internal_error import described  # noqa: PLC0415 - only for a run that failed

    text = described(error)
    _withdraw("", ExitCode.INTERNAL)
    return _leave(lambda: click.echo(text, err=True), ExitCode.INTERNAL)
