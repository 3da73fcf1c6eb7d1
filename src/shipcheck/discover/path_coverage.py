"""How much of a repository was looked at: every path is counted once, by what was made of it.

Pure functions over the list of paths, what each is instead of a regular file, and what the engine says that it read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from shipcheck.discover.file_kinds import UNKNOWN, FileKind, kind_of
from shipcheck.model.document import LFS_POINTER
from shipcheck.model.location import Location
from shipcheck.model.observed import Coverage, NotRead

_NOTHING: Mapping[str, str] = MappingProxyType({})
# Why a file could not be read, by word.
UNPARSED: Mapping[str, str] = MappingProxyType(
    {
        "too_large": "larger than is read",
        "minified": "lines longer than are read, as minified code has",
        "too_deep": "nested deeper, or with longer chains, than is read",
        "null_byte": "contains a null byte",
        "syntax": "not valid in its language",
        "not_utf8": "not UTF-8",
        "unreadable": "cannot be read",
        "not_checked_out": "not checked out",
        "unmerged": "unresolved conflict",
        "lfs_pointer": "Git LFS pointer without its content",
        "not_read": "not read",
    }
)
# What was not looked into, without being in a language that is named by itself.
NOT_ANALYSED: Mapping[str, str] = MappingProxyType(
    {
        "submodule": "submodule",
        "link": "symbolic link",
        "not_a_file": "neither a file nor a link",
        "script": "script without an extension",
        UNKNOWN.word: UNKNOWN.title,
    }
)
# The reasons that front ends give begin with these texts.
_REASONS = (
    ("larger than", "too_large"),
    ("a line longer", "minified"),
    ("nested", "too_deep"),
    ("more than", "too_deep"),
    ("contains a null", "null_byte"),
    ("not UTF-8", "not_utf8"),
    ("not valid", "syntax"),
    ("cannot be read", "unreadable"),
)
_SHEBANG = b"#!"
_SHELLS = ("sh", "bash", "dash", "zsh", "ksh", "fish")
_GENERATED_ENDS = ("_pb2.py", "_pb2.pyi", "_pb2_grpc.py", "_pb2_grpc.pyi", "_pb.js", "_pb.ts", "_pb.d.ts", "_grpc_pb.js")
_GENERATED_PARTS = frozenset({"generated", "gen", "g"})
_MINIFIED_PARTS = frozenset({"min", "bundle", "chunk"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine made of the files it was given. `unparsed` says why: a word of `UNPARSED`, or what a front end says."""

    parsed: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    unparsed: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[Location, ...] = ()
    cut: tuple[tuple[str, int], ...] = ()
    unknown_frameworks: tuple[tuple[str, Location], ...] = ()


def coverage_of(
    paths: Sequence[str],
    reading: Reading,
    irregular: Mapping[str, str] = _NOTHING,
    beginnings: Mapping[str, bytes] = MappingProxyType({}),
    aside: Iterable[tuple[str, int]] = (),
) -> Coverage:
    """The coverage of all paths.

    `irregular` has a word of `UNPARSED` or `NOT_ANALYSED` for each path that is not a regular file with its content. `beginnings`
    are the first bytes of files whose names say nothing. `aside` counts components by folder.
    """
    unparsed: dict[str, list[str]] = defaultdict(list)
    not_analysed: dict[str, list[str]] = defaultdict(list)
    titles = {**UNPARSED, **NOT_ANALYSED}
    parsed = skipped = 0
    for path in paths:
        if path in reading.parsed:
            parsed += 1
        elif why := _unparsed(path, reading, irregular, beginnings):
            unparsed[why].append(path)
        elif path in irregular:
            not_analysed[irregular[path]].append(path)
        elif path in reading.skipped or (kind := _kind(path, beginnings)).group == "plain":
            skipped += 1
        elif kind.group == "front_end":
            unparsed["not_read"].append(path)
        else:
            titles[kind.word] = kind.title
            not_analysed[kind.word].append(path)
    return Coverage(
        seen=len(paths),
        parsed=parsed,
        skipped=skipped,
        unparsed=_lines(unparsed, titles),
        not_analysed=_lines(not_analysed, titles),
        broken=tuple(sorted(reading.broken)),
        aside=tuple(sorted(aside)),
        unknown_frameworks=tuple(sorted(reading.unknown_frameworks)),
        cut=tuple(sorted(reading.cut)),
        of_these=_of_these(paths),
    )


def _unparsed(path: str, reading: Reading, irregular: Mapping[str, str], beginnings: Mapping[str, bytes]) -> str:
    """Why a file could not be read; empty if it could, or was not to be."""
    if path in reading.unparsed:
        return _word_of(reading.unparsed[path])
    if irregular.get(path) in UNPARSED:
        return irregular[path]
    return "lfs_pointer" if path not in irregular and beginnings.get(path, b"").startswith(LFS_POINTER) else ""


def _word_of(reason: str) -> str:
    """The word of a reason, so that files with other numbers in theirs are one line; a reason that is not known is its own."""
    return next((word for start, word in _REASONS if reason.startswith(start)), reason)


def _kind(path: str, beginnings: Mapping[str, bytes]) -> FileKind:
    """What a file is, by its name, else by the program that its first line names."""
    kind = kind_of(path)
    start = beginnings.get(path, b"")
    if kind != UNKNOWN or not start.startswith(_SHEBANG):
        return kind
    words = start.partition(b"\n")[0].decode("utf-8", "replace").removeprefix("#!").split()
    programs = [word.rpartition("/")[2] for word in words]
    if any(program in _SHELLS for program in programs[:2]):
        return FileKind("shell", "Shell", "language")
    return FileKind("script", NOT_ANALYSED["script"], "language")


def _lines(files: Mapping[str, list[str]], titles: Mapping[str, str]) -> tuple[NotRead, ...]:
    """One line for each reason, the one with the most files first."""
    ordered = sorted(files.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(NotRead(word, titles.get(word, word), tuple(sorted(some))) for word, some in ordered)


def _of_these(paths: Iterable[str]) -> tuple[NotRead, ...]:
    """The files whose names say that a program wrote them; they are read like any other, so that a name hides nothing."""
    named: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        if (word := named_as_made(path)) and kind_of(path).group in {"front_end", "language"}:
            named[word].append(path)
    return _lines(named, {"generated": "named as generated", "minified_name": "named as minified"})


def named_as_made(path: str) -> str:
    """`generated` or `minified_name` where the name of a file says that a program wrote it; else empty."""
    name = path.rpartition("/")[2].lower()
    parts = name.split(".")
    if _MINIFIED_PARTS.intersection(parts[1:-1]) or name.endswith("-min.js"):
        return "minified_name"
    stem = parts[0]
    is_named = stem.endswith("_generated") and not stem.startswith("test_")
    if is_named or _GENERATED_PARTS.intersection(parts[1:-1]) or name.endswith(_GENERATED_ENDS):
        return "generated"
    return "generated" if stem.startswith("zz_generated") or (parts[1:2] == ["pb"] and len(parts) > 2) else ""
