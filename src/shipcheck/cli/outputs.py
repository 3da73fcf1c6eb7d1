"""Which reports a run writes, and where: those that the command line asks for, else what the CI service shows by itself."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from shipcheck.english import did_you_mean, listed
from shipcheck.presence import is_folder
from shipcheck.report.formats import FORMATS, TEXT
from shipcheck.sources.look_alikes import has_near_name
from shipcheck.sources.source import FOLDER

STANDARD_OUTPUT = "-"
# The name that GitLab's own documents use; the job has to list it under artifacts: reports: codequality.
GITLAB_FILE = "gl-code-quality-report.json"
_FORMATS = FORMATS["check"]
# What the endings of names say, the usual format first.
_ENDINGS = {
    ".sarif": ("sarif",),
    ".sarif.json": ("sarif",),
    ".xml": ("junit",),
    ".json": ("json", "sarif", "gitlab"),
    ".md": ("markdown",),
}
_READ = frozenset({"shipcheck.yaml", "shipcheck.yml", "codeowners"})


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
    given = [_parsed(text, form) for text in outputs]
    instead = [target for target, bare in given if bare]
    if len(instead) > 1:
        raise click.BadParameter("only one FILE without FORMAT= can replace standard output", param_hint="--output")
    main = instead or [OutputTarget(form or TEXT)]
    targets = (*main, *(target for target, bare in given if not bare), *([] if form or outputs else _automatic()))
    _refuse_same(target.path for target in targets if target.path)
    return targets


def _parsed(text: str, form: str | None) -> tuple[OutputTarget, bool]:
    """The target, and whether it replaces standard output."""
    before, sign, after = text.partition("=")
    if not sign:
        _refuse_other_ending(text, form)
        return OutputTarget(form or TEXT, _path(text)), True
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


def _refuse_other_ending(text: str, form: str | None) -> None:
    """Without a format, a name that ends as those of another format would hide which one is in the file."""
    names = next((names for ending, names in _ENDINGS.items() if text.lower().endswith(ending)), None)
    if names is not None and (form or TEXT) not in names:
        raise click.BadParameter(
            f"'{text}' would hold the format {form or TEXT}; write --output {names[0]}={text}", param_hint="--output"
        )


def is_protected(path: Path) -> bool:
    """Whether it is, or leads to, a file that a check reads by its name: a manifest, CODEOWNERS, or below `.shipcheck`."""
    return any(_is_read_by_name(each) for each in (path.absolute(), path.resolve()))


def _is_read_by_name(path: Path) -> bool:
    return has_near_name(path.name) or path.name.lower() in _READ or FOLDER in (part.lower() for part in path.parts)


def _path(text: str) -> Path:
    if not text:
        raise click.BadParameter("the file name is empty", param_hint="--output")
    if is_folder(Path(text)):
        raise click.BadParameter(f"'{text}' is a directory; name a file", param_hint="--output")
    if is_protected(Path(text)):
        raise click.BadParameter(f"'{text}' is the name of a file that the check reads; name another", param_hint="--output")
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
