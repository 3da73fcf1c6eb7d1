"""Files to manifests: in this process and, where there are many, in others as well."""

import marshal
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File, Source
from shipcheck.model.packed import pack, unpack
from shipcheck.model.problem import Problem
from shipcheck.read.parse import Shared, parse, reopen
from shipcheck.validate.manifest import ManifestValidator
from shipcheck.vocabulary.vocabulary import Vocabulary

Outcome = Manifest | tuple[Problem, ...]
Progress = Callable[[str, int, int], None]
# Below this many files, starting another process takes longer than it saves.
MANY = 1500
_CHUNK = 100
# The time to take over what other processes have read grows with them; more than this many would wait for it.
_MOST_HELPERS = 3


class Reader:
    """Parses and validates files one by one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._validator = ManifestValidator(vocabulary)
        self._shared = Shared()

    def read(self, file: File) -> Outcome:
        """What one file declares, or everything that is wrong with it."""
        document = parse(file, self._shared)
        return self._validator.validate(document) if isinstance(document, Document) else document


def read_manifests(files: tuple[File, ...], vocabulary: Vocabulary, progress: Progress, many: int = MANY) -> list[Outcome]:
    """What every file declares, in the order of the files; from `many` files on, with the help of other processes."""
    reader = Reader(vocabulary)
    helpers = min(_MOST_HELPERS, _processors() - 1)
    if len(files) < many or helpers < 1:
        return list(_alone(reader, files, progress))
    try:
        return _together(reader, files, progress, helpers)
    except (ImportError, OSError, RuntimeError):
        # Another process cannot be started here, or was killed: the files are still ours to read.
        return list(_alone(reader, files, progress))


def _processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _alone(reader: Reader, files: tuple[File, ...], progress: Progress) -> Iterator[Outcome]:
    for number, file in enumerate(files):
        if not number % _CHUNK:
            progress("reading", number, len(files))
        yield reader.read(file)
    progress("reading", len(files), len(files))


def _together(reader: Reader, files: tuple[File, ...], progress: Progress, helpers: int) -> list[Outcome]:
    """This process reads from the first chunk on, the others from the last one backwards, until they meet."""
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415 - a small run never pays for loading these
    from multiprocessing import get_context  # noqa: PLC0415

    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    outcomes: list[Outcome] = []
    pool = ProcessPoolExecutor(helpers, get_context("spawn"), start_helper, (reader.vocabulary,))
    try:
        waiting: list[Future[bytes]] = [pool.submit(read_chunk, chunk) for chunk in reversed(chunks)]
        for chunk, future in zip(chunks, reversed(waiting), strict=True):
            progress("reading", len(outcomes), len(files))
            read_here = future.cancel()
            outcomes.extend(_alone(reader, chunk, _silent) if read_here else received(reader, chunk, future.result()))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    progress("reading", len(files), len(files))
    return outcomes


def received(reader: Reader, chunk: tuple[File, ...], content: bytes) -> Iterator[Outcome]:
    """What another process has read of the files of `chunk`, in their order; `content` is what it wrote.

    A file with problems is read again here to report them.
    """
    packed: list[Any] = marshal.loads(content)  # noqa: S302 - it comes from our own process through a private pipe
    for file, manifest in zip(chunk, packed, strict=True):
        yield reader.read(file) if manifest is None else unpack(manifest, Source(file, reopen))


def _silent(_stage: str, _done: int, _total: int) -> None:
    """The caller that hands out chunks reports their progress."""


_helper: list[Reader] = []


def start_helper(vocabulary: Vocabulary) -> None:  # pragma: no cover - runs in a process of its own
    """Prepare a helping process, which knows the fields of the same packs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one decides what an interrupt means
    _helper.append(Reader(vocabulary))


def read_chunk(chunk: tuple[File, ...]) -> bytes:  # pragma: no cover - runs in a process of its own
    """What a helping process makes of some files: packed manifests, and None for a file that is to be read again."""
    outcomes = [_helper[0].read(file) for file in chunk]
    return marshal.dumps([pack(outcome) if isinstance(outcome, Manifest) else None for outcome in outcomes])
