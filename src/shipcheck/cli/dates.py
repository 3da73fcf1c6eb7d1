"""A day on the command line."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import click

FORM = "YYYY-MM-DD"
AS_OF = "The day on which to judge."
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def day_option(what: str) -> Decorator:
    """The option `--as-of`; `what` is what its help calls the day."""
    return click.option("--as-of", callback=_day, metavar=FORM, help=f"{what} Default: today, in UTC.")


def until_option(what: str) -> Decorator:
    """The option `--until`, which has to be given; `what` is what its help calls the day."""
    return click.option("--until", callback=_day, required=True, metavar=FORM, help=what)


def _day(_context: click.Context, _parameter: click.Parameter, written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise click.BadParameter(f"'{written}' is no day; write it as {FORM}") from error


def today() -> date:
    """The day that holds where none is given."""
    return datetime.now(UTC).date()
