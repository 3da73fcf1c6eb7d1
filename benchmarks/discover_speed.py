"""Time discovery: processor time beside that of the bare parsers, and many TypeScript files as a user runs it.

Usage: python benchmarks/discover_speed.py DIR [DIR ...] [--files COUNT]      (default: 2800)

For each DIR, a clone: the processor time of the engine, cold, in this process, and of `ast.parse` and tree-sitter alone on the
files that pass the prefilter. Then the TypeScript files of all of them, repeated in folders until there are COUNT, and one run of
the tool.
"""

import argparse
import ast
import gc
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path

import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript

from discovery.findings import SHIPCHECK, children_seconds
from shipcheck.code.limits import refusal
from shipcheck.code.repository import ECOSYSTEMS, PYPI, Repository, extension_of, has_front_end
from shipcheck.discover.engine import Engine
from shipcheck.discover.starts import prefilter
from shipcheck.pipeline.detectors import detectors_in_use, link_kinds
from shipcheck.pipeline.prepare import prepare
from shipcheck.pipeline.state import WORKTREE

TYPESCRIPT = frozenset({"ts", "tsx", "mts", "cts"})
_TS = tree_sitter.Language(tree_sitter_typescript.language_typescript())
_TSX = tree_sitter.Language(tree_sitter_typescript.language_tsx())
_JS = tree_sitter.Language(tree_sitter_javascript.language())
_LANGUAGES = {"ts": _TS, "mts": _TS, "cts": _TS, "tsx": _TSX}


def bare(contents: Iterable[tuple[str, bytes]]) -> None:
    """Parse files and throw the trees away."""
    for path, content in contents:
        extension = extension_of(path)
        if refusal(content):
            continue
        if ECOSYSTEMS[extension] == PYPI:
            try:
                ast.parse(content)
            except (SyntaxError, ValueError):
                continue
        else:
            tree_sitter.Parser(_LANGUAGES.get(extension, _JS)).parse(content)


def seconds_of(work: Callable[[], object]) -> float:
    """Processor time of this process."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(root: Path) -> tuple[float, float]:
    """Print one line about a clone; the seconds of the engine and of the parsers on the files that pass the prefilter."""
    prepared = prepare(root, WORKTREE)
    detectors = detectors_in_use(prepared).all
    paths = tuple(path for path in prepared.source.paths if prepared.source.holds(path) is True)
    read = {path: content for path in paths if has_front_end(path) and (content := prepared.source.read(path)) is not None}
    repository = Repository(paths, lambda path: read[path] if path in read else prepared.source.read(path))
    engine = Engine(repository, detectors, link_kinds(prepared.vocabulary))
    whole = seconds_of(engine.run)
    pattern = prefilter(detectors)
    passed = [(path, content) for path, content in read.items() if any(word in content for word in pattern)]
    alone = seconds_of(lambda: bare(passed))
    parsed = [(path, read[path]) for path in repository.forms if path in read]
    every = seconds_of(lambda: bare(parsed))
    print(
        f"{root.name:<28} {whole:6.2f} s; {len(passed):4} files pass, {alone:5.2f} s to parse: {_times(whole, alone)}; "
        f"{len(parsed):4} are parsed, {every:5.2f} s: {_times(whole, every)}",
        flush=True,
    )
    return whole, alone


def many(roots: Sequence[Path], wanted: int) -> None:
    """Print how long one run of the tool takes over that many TypeScript files."""
    with tempfile.TemporaryDirectory() as folder:
        copied = _copy(roots, Path(folder), wanted)
        before, start = children_seconds(), time.perf_counter()
        code = subprocess.call([*SHIPCHECK, folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall, used = time.perf_counter() - start, children_seconds() - before
    print(f"{copied} TypeScript files, one run of the tool: {wall:.2f} s, {used:.2f} s of processor time, exit {code}")


def _copy(roots: Sequence[Path], folder: Path, wanted: int) -> int:
    files = [(root, path) for root in roots for path in sorted(root.rglob("*")) if extension_of(path.name) in TYPESCRIPT]
    files = [(root, path) for root, path in files if path.is_file() and ".git" not in path.relative_to(root).parts]
    if not files:
        return 0
    copied = 0
    for turn in count(1):
        for root, path in files:
            if copied == wanted:
                return copied
            target = folder / str(turn) / root.name / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            copied += 1
    return copied


def _times(whole: float, part: float) -> str:
    return f"{whole / part:.1f} times" if part else "nothing to parse"


def main(arguments: Sequence[str]) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description="Time discovery.")
    parser.add_argument("roots", nargs="+", type=Path, metavar="DIR", help="clones")
    parser.add_argument("--files", type=int, default=2800, metavar="COUNT", help="how many TypeScript files; 0 for none")
    options = parser.parse_args(arguments)
    bare([("warm.py", b"a = 1"), ("warm.ts", b"a = 1"), ("warm.tsx", b"a = 1"), ("warm.js", b"a = 1")])
    figures = [compare(root) for root in options.roots]
    whole, alone = (sum(column) for column in zip(*figures, strict=True))
    print(f"all: {whole:.2f} s, {_times(whole, alone)} the bare parsers on the files that pass the prefilter")
    if options.files:
        many(options.roots, options.files)


if __name__ == "__main__":
    main(sys.argv[1:])
