"""The option that says which state of a repository is read."""

import os
from collections.abc import Callable
from typing import Any

import click

from shipcheck.pipeline.state import WORKTREE_NAME, State

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def from_option(default: str = WORKTREE_NAME) -> Decorator:
    """The option `--from`; `default` is what its help calls the default."""
    return click.option(
        "--from",
        "state",
        metavar="worktree|index|REVISION",
        help=f"What is read: the files as they lie there, what is staged, or a commit. Default: {default}.",
    )


def state_of(name: str | None) -> State | None:
    """The state of that name, with the index that git names to its hooks; None where none is named."""
    return State(name, os.environ.get("GIT_INDEX_FILE", "")) if name is not None else None
