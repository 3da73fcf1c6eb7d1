"""Which reports a run writes, and where: those that the command line asks for, else what the CI service shows by itself."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from shipcheck.english import did_you_mean, listed
from shipcheck.presence import is_folder
from shipcheck.report.formats import FORMATS, TEXT

STANDARD_OUTPUT = "-"
# The name that GitLab's own documents use; the job has to list it under artifacts: reports: codequality.
GITLAB_FILE = "gl-code-quality-report.json"
_FORMATS = FORMATS["check"]


@dataclass(frozen=True, slots=True)
class OutputTarget:
    """One report to write; without a path to standard output. With `automatic` the CI service asks for it, not the user."""

    form: str
    path: Path | None = None
    automatic: bool = False


def parse_outputs(form: str | None, outputs: tuple[str, ...]) -> tuple[OutputTarget, ...]:
    """The reports to write, that of `--format` first.

    Raises:
        click.BadParameter: an output is not FILE or FORMAT=FILE, or two of them have the same path.
    """
    given = [_parsed(text, form or TEXT) for text in outputs]
    instead = [target for target, bare in given if bare]
    if len(instead) > 1:
        raise click.BadParameter("only one FILE without FORMAT= can replace standard output", param_hint="--output")
    main = instead or [OutputTarget(form or TEXT)]
    targets = (*main, *(target for target, bare in given if not bare), *([] if form or outputs else _automatic()))
    _refuse_same(target.path for target in targets if target.path)
    return targets


def _parsed(text: str, form: str) -> tuple[OutputTarget, bool]:
    """The target, and whether it replaces standard output."""
    before, sign, after = text.partition("=")
    if not sign:
        return OutputTarget(form, _path(text)), True
    if before not in _FORMATS:
        hint = did_you_mean(before, _FORMATS) or f"; the formats are {listed(list(_FORMATS), 'and')}"
        raise click.BadParameter(f"unknown format '{before}'{hint}", param_hint="--output")
    if after != STANDARD_OUTPUT:
        return OutputTarget(before, _path(after)), False
    if not _FORMATS[before].appends:
        appending = listed(sorted(name for name, each in _FORMATS.items() if each.appends), "and")
        raise click.BadParameter(
            f"only {appending} can follow another report on standard output; use --format {before}", param_hint="--output"
        )
    return OutputTarget(before), False


def _path(text: str) -> Path:
    if not text:
        raise click.BadParameter("the file name is empty", param_hint="--output")
    if is_folder(Path(text)):
        raise click.BadParameter(f"'{text}' is a directory; name a file", param_hint="--output")
    return Path(text)


def _refuse_same(paths: Iterable[Path]) -> None:
    seen: set[str] = set()
    for path in paths:
        place = os.path.normcase(path.resolve())
        if place in seen:
            raise click.BadParameter(f"two reports would be written to '{path}'", param_hint="--output")
        seen.add(place)


def _automatic() -> list[OutputTarget]:
    """What the CI service that the run is in shows to people; it never changes the verdict."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return [OutputTarget("github", automatic=True)]
    if os.environ.get("GITLAB_CI") == "true":
        return [OutputTarget("gitlab", Path(os.environ.get("CI_PROJECT_DIR") or ".") / GITLAB_FILE, automatic=True)]
    return []


def job_summary() -> Path | None:
    """The file in which GitHub Actions collects the summary of a job."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None
