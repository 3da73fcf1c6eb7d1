"""Discovery in one state of a repository: the components that are there, and how much of the repository was looked at."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from shipcheck import assets
from shipcheck.discover.aside import aside_folder, mark_aside
from shipcheck.discover.entries import Entries, Readers, entries_of, may_have_entries
from shipcheck.discover.file_kinds import UNKNOWN, kind_of
from shipcheck.discover.frameworks import Ecosystem, Frameworks, local_modules
from shipcheck.discover.gaps import gaps
from shipcheck.discover.parse_files import parse_file
from shipcheck.discover.path_coverage import Reading, coverage_of
from shipcheck.discover.read_json import UnreadableError
from shipcheck.discover.rule import Detector
from shipcheck.model.document import LFS_POINTER, MAX_BYTES, Document, File, Node
from shipcheck.model.location import HEAD, Location
from shipcheck.model.observed import Discovery, Explained
from shipcheck.model.problem import Problem
from shipcheck.model.scalars import plain
from shipcheck.model.settings import CodeSetting
from shipcheck.pipeline.detectors import parse_yaml
from shipcheck.pipeline.look_at_code import observe
from shipcheck.pipeline.prepare import Prepared, Progress, no_progress
from shipcheck.read.parse import parse
from shipcheck.sources.source import Source

if TYPE_CHECKING:
    from shipcheck.pipeline.comparison import Base  # what is only named here takes long to load

# What a source says about a path that is not a regular file, as the word of coverage.
_IRREGULAR = {
    "submodule": "submodule",
    "link": "link",
    "not-a-file": "not_a_file",
    "not-checked-out": "not_checked_out",
    "unmerged": "unmerged",
    "unreadable": "unreadable",
}
_ECOSYSTEMS: Mapping[str, Ecosystem] = {"python": "pypi", "typescript": "npm", "javascript": "npm"}
_ATTRIBUTES, _LFS_FILTER = ".gitattributes", b"filter=lfs"
READING = "reading"


def discover_all(prepared: Prepared, progress: Progress = no_progress) -> Discovery:
    """Every component of the repository in the state that is prepared, with the coverage of all of its paths."""
    source = prepared.source
    irregular = dict(_irregular(source))
    code = [path for path in source.paths if path not in irregular and kind_of(path).group == "front_end"]
    contents, unread = _contents(source, code, progress)
    found = observe(prepared, contents, progress)
    started = _entries(source, irregular) if any(aside_folder(each.place.path) for each in found.components) else Entries(())
    components, aside = mark_aside(found.components, started.paths | found.reached, loads_by_name=found.loads_by_name)
    reading = Reading(
        parsed=found.reading.parsed,
        skipped=found.reading.skipped,
        unparsed={**found.reading.unparsed, **unread, **dict.fromkeys(started.unread, "syntax")},
        broken=found.reading.broken,
        cut=(*found.reading.cut, *((path, 1) for path in started.cut)),
        unknown_frameworks=tuple(_unknown_frameworks(contents, source, found.detectors)),
    )
    beginnings, lacking = _beginnings(source, irregular)
    coverage = coverage_of(source.paths, reading, {**irregular, **lacking}, beginnings, aside)
    titles = {each.shown: each.title for each in found.detectors}
    return Discovery(components, coverage, found.problems, tuple(titles), titles)


def explain_line(prepared: Prepared, discovery: Discovery, path: str, line: int) -> Explained:
    """What discovery made of one line of a file: of the file itself, and of each component that it shows there."""
    lines = [*_about_file(discovery, prepared, path)]
    for component in discovery.components:
        places = [component.place, *component.also, *(effect.place for effect in component.effects or ())]
        places += [gate.place for gate in component.gates]
        if any(place.path == path and place.line <= line <= max(place.end_line, place.line) for place in places):
            lines.append(f"{component.kind} {component.name}: found by {component.detector}, {component.confidence}")
    if not any(": found by " in text for text in lines):
        lines.append("no component is found at this line")
    return Explained(f"{path}:{line}", tuple(lines))


def _about_file(discovery: Discovery, prepared: Prepared, path: str) -> Iterator[str]:
    coverage = discovery.coverage
    for verdict, some in (("could not be analysed", coverage.unparsed), ("is not analysed", coverage.not_analysed)):
        yield from (f"{path} {verdict}: {line.detail}" for line in some if path in line.paths)
    yield from (f"imports {title}, which no detector knows" for title, place in coverage.unknown_frameworks if place.path == path)
    folder = aside_folder(path)
    if folder:
        started = {entry.path: entry.place for entry in _entries(prepared.source, dict(_irregular(prepared.source))).found}
        place = started.get(path)
        yield f"{path} is aside, in {folder}" + (f", but started by {place.spot}" if place else "")


def code_problems(head: Prepared, base: "Base | None", progress: Progress = no_progress) -> tuple[Problem, ...]:
    """The gaps in coverage that the setting `code` of head or base does not allow; without it no code is opened."""
    settings = code_settings(head, base)
    if not settings:
        return ()
    discovery = discover_all(head, progress)
    return (*discovery.problems, *gaps(discovery.coverage, settings, head.source.origin))


def code_settings(head: Prepared, base: "Base | None") -> tuple[CodeSetting, ...]:
    """What head and base ask for: a change can add to it, and takes nothing away before it is merged."""
    return (*(base.tip.settings.code if base is not None and base.decides else ()), *head.settings.code)


@cache
def load_frameworks() -> Frameworks:
    """The AI frameworks that are known by what code imports, read once.

    Raises:
        TypeError: the bundled file is malformed, which is a bug.
    """
    document = parse(File("frameworks", "frameworks.yaml", (assets.schemas() / "frameworks.yaml").read_bytes()))
    data = plain(document.root) if isinstance(document, Document) else document
    known = {
        name: {key: title for key, title in found.items() if isinstance(title, str)}
        for name, found in (data.items() if isinstance(data, dict) else ())
        if isinstance(found, dict)
    }
    if not known:  # pragma: no cover - the file is ours and tested
        raise TypeError(f"the bundled list of frameworks is broken: {document}")
    return Frameworks(known)


def _irregular(source: Source) -> Iterator[tuple[str, str]]:
    """The paths that are not regular files with a content, and what they are instead."""
    for path in source.paths:
        if source.holds(path) is not True:
            file = source.file(path)
            if isinstance(file, Problem):
                yield path, _IRREGULAR.get(file.code, "unreadable")


def _contents(source: Source, paths: Sequence[str], progress: Progress) -> tuple[dict[str, bytes], dict[str, str]]:
    """The contents of files, and why others have none that is read."""
    source.prefetch(paths)
    contents, unread = {}, {}
    for number, path in enumerate(paths, 1):
        file = source.file(path)
        if isinstance(file, Problem):
            unread[path] = _IRREGULAR.get(file.code, "unreadable")
        elif len(file.content) > MAX_BYTES:
            unread[path] = "too_large"
        elif file.content.startswith(LFS_POINTER):
            unread[path] = "lfs_pointer"
        else:
            contents[path] = file.content
        progress(READING, number, len(paths))
    return contents, unread


def _beginnings(source: Source, irregular: Mapping[str, str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """The first bytes of the files whose names do not say what they are, and those that cannot be read.

    Where a file of attributes puts files into Git LFS, any file may be a pointer without its content.
    """
    names = [path for path in source.paths if path.rpartition("/")[2] == _ATTRIBUTES]
    any_file = any(_LFS_FILTER in (source.read(path) or b"") for path in names)
    wanted = [
        path
        for path in source.paths
        if path not in irregular and (kind_of(path) == UNKNOWN or (any_file and kind_of(path).group != "front_end"))
    ]
    found = dict(source.beginnings(wanted))
    beginnings = {path: content for path, content in found.items() if isinstance(content, bytes)}
    return beginnings, {path: "unreadable" for path, content in found.items() if not isinstance(content, bytes)}


def _unknown_frameworks(
    contents: Mapping[str, bytes], source: Source, detectors: Sequence[Detector]
) -> Iterator[tuple[str, Location]]:
    """The known frameworks that no detector is about, each with the first place that imports it."""
    modules = frozenset(module.replace("*", "") for each in detectors for module in each.modules)
    frameworks = load_frameworks().without({"pypi": modules, "npm": modules})
    local = local_modules(source.paths)
    seen: set[str] = set()
    for path, content in contents.items():
        for title, line in frameworks.imported(_ECOSYSTEMS[kind_of(path).word], content, local):
            if title not in seen:
                seen.add(title)
                yield title, Location(HEAD, path, line, 1, line, 1)


def _entries(source: Source, irregular: Mapping[str, str]) -> Entries:
    """The files that are started from outside."""
    paths = [path for path in source.paths if path not in irregular]
    source.prefetch([path for path in paths if may_have_entries(path)])

    def documents(path: str) -> tuple[Node, ...]:
        content = source.read(path)
        try:
            return () if content is None else parse_file(path, content, parse_yaml)
        except UnreadableError:
            return ()

    return entries_of(paths, Readers(source.read, documents), source.origin)
