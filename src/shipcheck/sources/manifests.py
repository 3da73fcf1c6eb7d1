"""Selects the manifests among the listed files, and reads them."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Pattern
from shipcheck.sources.source import Source

# A folder's name can contain a line break, which `.` matches only with DOTALL.
_MANIFEST = re.compile(r"(?:.*/)?(?:shipcheck|[^/]+\.shipcheck)\.yaml", re.DOTALL)
_NEARLY = re.compile(r"(?:.*/)?(?:shipcheck|[^/]+\.shipcheck)\.ya?ml", re.IGNORECASE | re.DOTALL)
# Never manifests: the governance files, and the workflows of GitHub, one of which may well be called shipcheck.yml.
_NEVER = re.compile(r"(?:(?:.*/)?\.shipcheck|\.github/workflows)/.*", re.DOTALL)
_VERSION = re.compile(rb"^[ \t]*[\"']?shipcheck[\"']?[ \t]*:", re.MULTILINE)
_CROSSING = {"": "", "**/": "(?:.*?/)??"}
_WILDCARD = re.compile(r"((?<![^/])\*\*/|\*\*+|\*|\?)")


@dataclass(frozen=True, slots=True)
class Discovery:
    """The manifests read, the problems found on the way, the patterns that match no file, and how many manifests are ignored."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    idle: tuple[Pattern, ...]
    ignored: int = 0


def is_never_manifest(path: str) -> bool:
    """Whether the folder rules out that the file is a manifest, by any name."""
    return _NEVER.fullmatch(path) is not None


def is_noticed(path: str) -> bool:
    """Whether a file of this name is read as a manifest, or is a problem, unless a pattern ignores it."""
    return _NEARLY.fullmatch(path) is not None and not is_never_manifest(path)


def glob_pattern(text: str) -> re.Pattern[str]:
    """A path pattern: `*` and `?` stay within a folder, `**` crosses folders, a trailing `/` includes everything below.

    After a wildcard, the first match of the rest is as good as any later one, so the pattern never backtracks over it, and no
    pattern takes long.
    """
    text = text.removeprefix("/")
    if text.endswith("/"):
        text += "**"
    pieces = _WILDCARD.split(text)
    blocks: list[tuple[str, list[str]]] = [("", [""])]
    for literal, sign in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        parts = blocks[-1][1]
        parts[-1] += re.escape(literal) + ("[^/]" if sign == "?" else "")
        if sign == "*":
            parts.append("")
        elif sign.startswith("**"):
            blocks.append((sign, [""]))
    *before, (sign, (first, *rest)) = blocks
    settled = "".join(f"(?>{_CROSSING.get(sign, '.*?')}{part}{_within(others)})" for sign, (part, *others) in before)
    end = f"{_within(rest[:-1])}[^/]*{rest[-1]}" if rest else ""
    return re.compile(f"{settled}{_CROSSING.get(sign, '.*?')}{first}{end}", re.DOTALL)


def _within(parts: list[str]) -> str:
    return "".join(f"(?>[^/]*?{part})" for part in parts)


def matches(pattern: Pattern, path: str) -> bool:
    """Whether a pattern matches a path; a `/` at its end does not count."""
    return glob_pattern(pattern.text.rstrip("/")).fullmatch(path) is not None


def find_manifests(source: Source, also: Sequence[Pattern], ignore: Sequence[Pattern], apart: tuple[str, ...] = ()) -> Discovery:
    """Every manifest of `source`; the patterns of `also` add files, those of `ignore` and the folders `apart` leave files out.

    A file that looks like a manifest but cannot be read is a problem, never skipped silently.
    """
    chosen, idle, ignored = _choose((path for path in source.paths if not path.startswith(apart)), also, ignore)
    source.prefetch(chosen)
    files: list[File] = []
    problems: list[Problem] = []
    for path in chosen:
        outcome = _read(source, path)
        if isinstance(outcome, File):
            files.append(outcome)
        else:
            problems.append(outcome)
    return Discovery(tuple(files), tuple(problems), tuple(idle), ignored)


def read_unread(source: Source, known: Collection[str], changed: Collection[str]) -> tuple[File, ...]:
    """Every file that could be a manifest and is not among the paths in `known`.

    These are files with a manifest's name, even if ignored or in a governance folder, and changed files of any name that declare
    a version of the manifest format.
    """
    named = [path for path in source.paths if _NEARLY.fullmatch(path) and path not in known]
    others = [path for path in source.paths if path in changed and path not in known and not _NEARLY.fullmatch(path)]
    source.prefetch([*named, *others])
    files = [outcome for path in named if isinstance(outcome := _read(source, path), File)]
    renamed = (outcome for path in others if isinstance(outcome := _read(source, path), File))
    return (*files, *(file for file in renamed if _VERSION.search(file.content)))


def _choose(paths: Iterable[str], also: Sequence[Pattern], ignore: Sequence[Pattern]) -> tuple[list[str], list[Pattern], int]:
    extra = [(pattern, glob_pattern(pattern.text)) for pattern in also]
    ignored = [(pattern, glob_pattern(pattern.text)) for pattern in ignore]
    used: set[Pattern] = set()
    chosen: list[str] = []
    left_out = 0
    for path in paths:
        skipped = [pattern for pattern, glob in ignored if glob.fullmatch(path)]
        if _NEVER.fullmatch(path):
            used.update(skipped)
            continue
        added = [pattern for pattern, glob in extra if glob.fullmatch(path)]
        used.update(skipped, added)
        if added or _NEARLY.fullmatch(path):
            if skipped:
                left_out += 1
            else:
                chosen.append(path)
    idle = [pattern for pattern in (*also, *ignore) if pattern not in used]
    return chosen, idle, left_out


def _read(source: Source, path: str) -> File | Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    place = whole_file(source.origin, shown)
    if shown != path:
        return Problem(place, "bad-file-name", f"the file name {shown} is not UTF-8; rename it")
    near = _NEARLY.fullmatch(path)
    if near and not _MANIFEST.fullmatch(path):
        folder, slash, name = path.rpartition("/")
        wanted = f"{folder}{slash}{re.sub('[.]yml$', '.yaml', name.lower())}"
        return Problem(place, "nearly-a-manifest", f"{path} looks like a manifest but is not read as one; rename it to {wanted}")
    return source.file(path)
