"""The options that several commands share: one spelling, one meaning and one help text each."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from shipcheck.model.policy import SEVERITIES
from shipcheck.pipeline.state import WORKTREE_NAME, State
from shipcheck.report.formats import FORMATS

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
DATE = "YYYY-MM-DD"


def _date(_context: click.Context, _parameter: click.Parameter, written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise click.BadParameter(f"'{written}' is not a date; write it as {DATE}") from error


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The top of a repository, or a folder that its settings list under `roots`. Default: the top of the git repository you "
    "are in, else the current directory.",
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use color. With auto: on a terminal.",
)
as_of_option = click.option(
    "--as-of", callback=_date, metavar=DATE, help="Evaluate as of this date, for tests and replays. Default: today (UTC)."
)
policies_option = click.option(
    "--policy", "policies", multiple=True, metavar="POLICY", help="Evaluate only this policy. Repeat for several."
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(list(SEVERITIES)),
    help="Minimum severity that fails the check. Default: `fail_on` of the settings, else error.",
)


def format_option(command: str) -> Decorator:
    """The option `--format` of a command, with the formats that are registered for it."""
    names = list(FORMATS[command])
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True, help="Output format.")


def from_option(default: str = WORKTREE_NAME) -> Decorator:
    """The option `--from`; `default` is what its help calls the default."""
    return click.option(
        "--from",
        "state",
        callback=_state,
        metavar="worktree|index|REVISION",
        help=f"State of the repository to read: files on disk, staged files, or a commit. Default: {default}.",
    )


def _state(_context: click.Context, _parameter: click.Parameter, name: str | None) -> State | None:
    """The state of that name, with the index that git names to its hooks."""
    return State(name, os.environ.get("GIT_INDEX_FILE", "")) if name is not None else None


def _optional(is_optional: bool) -> dict[str, Any]:  # noqa: FBT001 - said by its name
    """The default of a text option; none where the option is required, since click takes any default for a value."""
    return {"default": ""} if is_optional else {}


def terms_options(*, owner: str, required: bool) -> Decorator:
    """The options that say who is responsible for a waiver, who approves it, why and until when."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--owner", required=required, metavar="TEAM", help=owner, **_optional(not required)),
            click.option("--approver", required=True, metavar="TEAM", help="Team that approves the waiver; not the owner."),
            click.option("--reason", required=True, metavar="TEXT", help="Why it is waived."),
            click.option("--until", callback=_date, required=True, metavar=DATE, help="Last day the waiver applies (UTC)."),
        ):
            command = option(command)
        return command

    return decorate


def base_option(*, required: bool, text: str) -> Decorator:
    """The option `--base` of a command that edits waivers."""
    return click.option("--base", required=required, metavar="REVISION", help=text, **_optional(not required))


def today() -> date:
    """The date that applies where none is given."""
    return datetime.now(UTC).date()
