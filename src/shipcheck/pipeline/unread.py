"""What looks like shipcheck's own and is read as nothing: a problem, because its authors believe that it counts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from shipcheck.english import counted
from shipcheck.model.document import File
from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Pattern
from shipcheck.pipeline.own_packs import pack_folders
from shipcheck.pipeline.prepare import Prepared
from shipcheck.read.beginning import begins_as_manifest
from shipcheck.sources.governance_files import is_read_below_top
from shipcheck.sources.look_alikes import better_name, has_near_name, misplaced_folders, yaml_files
from shipcheck.sources.manifests import glob_pattern, is_never_manifest, is_noticed, matches
from shipcheck.sources.source import BEGINNING, FOLDER, Source

# A comment of this many bytes at the top of a file is read to its end, in search of the first key.
_LONGEST_COMMENT = 64 * 1024


def unread(head: Prepared, tip: Prepared | None, known: Collection[str]) -> tuple[Problem, ...]:
    """Files and folders of the head that look like shipcheck's, that nothing reads and no pattern ignores.

    `tip` is the base, where it has authority: its patterns decide, and one of the head counts only if it matches nothing that the
    base has. `known` are the paths that were read, or that have a problem already.
    """
    left_out = _left_out(head, tip)
    misplaced = misplaced_folders(head.source.paths)
    of_roots = {folder for folder in misplaced if _belongs_to_root(folder, tip or head)}
    inside_roots = [path for folder in of_roots for path in misplaced[folder]]
    known = {*known, *inside_roots}
    stray = [path for path in inside_roots if not is_read_below_top(path) and not left_out(path)]
    folders = {
        folder: rest
        for folder, inside in misplaced.items()
        if folder not in of_roots and (rest := [path for path in inside if not left_out(path)])
    }
    passed = {*known, *(path for inside in folders.values() for path in inside)}
    files = [path for path in yaml_files(head.source.paths) if not (path in passed or is_noticed(path) or left_out(path))]
    problems = [_misplaced(head.source, folder) for folder in folders] + [_stray(head.source, path) for path in sorted(stray)]
    return (*problems, *_look_alikes(head.source, files))


def _belongs_to_root(folder: str, authority: Prepared) -> bool:
    """Whether it is the governance folder of a folder that `--root` may name."""
    holder, _, name = folder.rpartition("/")
    return name == FOLDER and authority.top is None and any(matches(root, holder) for root in authority.settings.roots)


def _look_alikes(source: Source, files: Sequence[str]) -> Iterator[Problem]:
    named = [path for path in files if has_near_name(path) and not is_never_manifest(path)]
    for path in named:
        yield _problem(source, path, f"is not read; to have it read, rename it to {better_name(path)}")
    unknown: list[str] = []
    for path, content in source.beginnings([path for path in files if path not in set(named)]):
        if isinstance(content, Problem):
            yield content
        elif content is None:
            unknown.append(path)
        elif _begins_as_manifest(source, path, content):
            yield _problem(
                source, path, f"begins as a manifest but is not read; to have it read, rename it to {better_name(path)}"
            )
    if unknown:
        more = f" and {counted(len(unknown) - 1, 'more YAML file')}" if unknown[1:] else ""
        message = (
            f"{unknown[0]}{more} cannot be read: missing from this partial clone; clone without --filter, "
            "or name what holds no manifest in manifests.ignore"
        )
        yield Problem(whole_file(source.origin, unknown[0]), "not-checked-out", message)


def _begins_as_manifest(source: Source, path: str, content: bytes) -> bool:
    begins = begins_as_manifest(content)
    if begins is None and len(content) == BEGINNING and isinstance(file := source.file(path), File):
        begins = begins_as_manifest(file.content[:_LONGEST_COMMENT])
    return bool(begins)


def _problem(source: Source, path: str, what: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Problem(whole_file(source.origin, shown), "unread-file", f"{shown} {what}, else name it in manifests.ignore")


def _misplaced(source: Source, folder: str) -> Problem:
    shown = folder.encode("utf-8", "backslashreplace").decode()
    message = f"{shown} is not read: settings, waivers and policies are in {FOLDER} at the top; move it, or ignore {shown}/"
    return Problem(whole_file(source.origin, shown), "unread-folder", message)


def _stray(source: Source, path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    message = f"{shown} is not read: a root below the top has settings.yaml and local/ of its own; move it, or delete it"
    return Problem(whole_file(source.origin, shown), "unread-file", message)


def _left_out(head: Prepared, tip: Prepared | None) -> Callable[[str], bool]:
    """Whether a path is ignored on authority, is read by a pattern of the base, or belongs to a pack that the lock names."""
    patterns: Iterable[Pattern] = head.settings.ignore
    if tip is not None:
        patterns = (*ignored_with_base(head, tip), *tip.settings.also)
    globs = [glob_pattern(pattern.text) for pattern in patterns]
    packs = pack_folders(head, tip)
    return lambda path: path.startswith(packs) or any(glob.fullmatch(path) for glob in globs)


def ignored_with_base(head: Prepared, tip: Prepared) -> tuple[Pattern, ...]:
    """The patterns that leave files out: those of the base, and those of the head that match nothing that the base has."""
    own = {pattern.text for pattern in tip.settings.ignore}
    new = (pattern for pattern in head.settings.ignore if pattern.text not in own)
    return (*tip.settings.ignore, *(pattern for pattern in new if not matches_any(pattern, tip.source)))


def matches_any(pattern: Pattern, source: Source) -> bool:
    """Whether a pattern of the settings matches any file."""
    glob = glob_pattern(pattern.text)
    return any(glob.fullmatch(path) for path in source.paths)
