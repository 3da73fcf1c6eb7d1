"""Which reports a run writes, and where: what the command line asks for, else what the CI service shows by itself."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from shipcheck.cli.formats import BESIDE_ANOTHER, FORMATS
from shipcheck.english import did_you_mean, listed

STANDARD_OUTPUT = "-"
# The name that GitLab's own documents use; the job has to list it under artifacts: reports: codequality.
GITLAB_FILE = "gl-code-quality-report.json"


@dataclass(frozen=True, slots=True)
class Wish:
    """One report to write; without a path to standard output. `automatic` is one that nobody asked for by name."""

    form: str
    path: Path | None = None
    automatic: bool = False


def wishes(form: str | None, outputs: tuple[str, ...]) -> tuple[Wish, ...]:
    """The reports to write, that of `--format` first.

    Raises:
        click.BadParameter: an output is not FILE or FORMAT=FILE, or two of them are for one place.
    """
    given = [_given(text, form or "text") for text in outputs]
    instead = [wish for wish, bare in given if bare]
    if len(instead) > 1:
        raise click.BadParameter("only one FILE without FORMAT= can take the place of standard output", param_hint="--output")
    main = instead or [Wish(form or "text")]
    found = (*main, *(wish for wish, bare in given if not bare), *([] if form or outputs else _automatic()))
    _distinct(wish.path for wish in found if wish.path)
    return found


def _given(text: str, form: str) -> tuple[Wish, bool]:
    """The output, and whether it takes the place of standard output."""
    before, sign, after = text.partition("=")
    if not sign:
        return Wish(form, _path(text)), True
    if before not in FORMATS:
        hint = did_you_mean(before, FORMATS) or f"; the formats are {listed(list(FORMATS), 'and')}"
        raise click.BadParameter(f"there is no format '{before}'{hint}", param_hint="--output")
    if after != STANDARD_OUTPUT:
        return Wish(before, _path(after)), False
    if before not in BESIDE_ANOTHER:
        raise click.BadParameter(
            f"only {listed(sorted(BESIDE_ANOTHER), 'and')} go to standard output beside another report; use --format {before}",
            param_hint="--output",
        )
    return Wish(before), False


def _path(text: str) -> Path:
    if not text:
        raise click.BadParameter("name a file", param_hint="--output")
    if Path(text).is_dir():
        raise click.BadParameter(f"'{text}' is a folder; name a file", param_hint="--output")
    return Path(text)


def _distinct(paths: Iterable[Path]) -> None:
    seen: set[str] = set()
    for path in paths:
        place = os.path.normcase(path.resolve())
        if place in seen:
            raise click.BadParameter(f"two reports would be written to '{path}'", param_hint="--output")
        seen.add(place)


def _automatic() -> list[Wish]:
    """What the CI service that the run is in shows to people; it never changes the verdict."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return [Wish("github", automatic=True)]
    if os.environ.get("GITLAB_CI") == "true":
        return [Wish("gitlab", Path(os.environ.get("CI_PROJECT_DIR") or ".") / GITLAB_FILE, automatic=True)]
    return []


def job_summary() -> Path | None:
    """The file in which GitHub Actions collects the summary of a job."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None
