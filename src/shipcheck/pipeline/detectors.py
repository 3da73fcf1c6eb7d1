"""The detectors in use: those that come with the tool, of the packs in use, and of the repository."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from shipcheck import assets
from shipcheck.discover.code_examples import example_problems
from shipcheck.discover.compiled import read_compiled
from shipcheck.discover.file_examples import file_example_problems
from shipcheck.discover.read_detector import read_detector
from shipcheck.discover.rule import BUILT_IN, Detector
from shipcheck.model.document import Document, File, Node
from shipcheck.model.location import whole_file
from shipcheck.model.problem import Problem
from shipcheck.pipeline.prepare import Prepared
from shipcheck.read.parse import parse
from shipcheck.read.tolerant import parse_tolerantly
from shipcheck.sources.source import FOLDER, Source
from shipcheck.vocabulary.vocabulary import Vocabulary

DETECTORS, EFFECTS = "detectors", "effects"
COMPILED = "compiled.json"
"""The file of all detectors that come with the tool, in their folder, written from them by `tools/generate.py`."""
_OWN = (f"{FOLDER}/{DETECTORS}", f"{FOLDER}/local/{DETECTORS}")
_TAKEN = "detector-name"


@dataclass(frozen=True, slots=True)
class Detectors:
    """Every detector, the built-in ones first, and the problems of those that cannot be used."""

    all: tuple[Detector, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def built_in(self) -> tuple[Detector, ...]:
        """Those that come with the tool."""
        return tuple(each for each in self.all if each.origin == BUILT_IN)


def detectors_in_use(prepared: Prepared) -> Detectors:
    """The built-in detectors, and those of the packs in use and of the repository, which can only add to them.

    Every example of a detector that does not come with the tool is run; those that do are run by the tests of the tool.
    """
    built_in = load_detectors()
    added, problems = [], []
    names = {each.name for each in built_in}
    for file in _added_files(prepared):
        outcome = _read(file, prepared.vocabulary) if isinstance(file, File) else file
        if isinstance(outcome, Problem):
            problems.append(outcome)
            continue
        detector, found = outcome
        problems += found
        if detector is None:
            continue
        if detector.name in names:
            message = f"a detector '{detector.name}' is already in use; give this one another name"
            problems.append(Problem(whole_file(file.origin if isinstance(file, File) else "", _path(file)), _TAKEN, message))
            continue
        names.add(detector.name)
        wrong = tuple(run_examples(detector, prepared.vocabulary))
        problems += wrong
        if not wrong:
            added.append(detector)
    return Detectors((*built_in, *added), tuple(problems))


def _path(file: File | Problem) -> str:
    return file.path if isinstance(file, File) else file.location.path


def run_examples(detector: Detector, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every example of a detector that does not give what it says."""
    yield from example_problems(detector, link_kinds(vocabulary))
    for rule in detector.file_rules:
        yield from file_example_problems(rule, parse_yaml)


def link_kinds(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """The kinds that each link of the vocabulary may lead to."""
    found: dict[str, frozenset[str]] = {}
    for kind in vocabulary.kinds.values():
        for link in kind.links.values():
            found[link.name] = found.get(link.name, frozenset()) | frozenset(link.to)
    return found


def parse_yaml(file: File) -> tuple[Node, ...] | Problem:
    """The documents of a file that other tools read too, so that what only our own files refuse is allowed."""
    outcome = parse_tolerantly(file)
    return outcome if isinstance(outcome, Problem) else outcome.roots


@cache
def load_detectors() -> tuple[Detector, ...]:
    """The detectors that come with the tool, without their examples, by the names of their files; read once.

    Raises:
        TypeError: the compiled file is missing, or of another version of its form, which is a bug.
    """
    try:
        text = (assets.detectors() / COMPILED).read_text("utf-8")
    except FileNotFoundError as error:
        raise TypeError(f"the bundled {DETECTORS}/{COMPILED} is missing") from error
    return read_compiled(text)


def read_built_in(vocabulary: Vocabulary) -> tuple[Detector, ...]:
    """The detectors that come with the tool, with their examples, from the YAML that they are written in.

    Raises:
        TypeError: a bundled file is malformed, which is a bug.
    """
    folder = assets.detectors()
    found: list[Detector] = []
    files = [file for place in (folder, folder / EFFECTS) for file in place.iterdir() if file.suffix == ".yaml"]
    for path in sorted(files, key=lambda each: each.as_posix()):
        name = path.relative_to(folder).as_posix()
        outcome = _read(File(BUILT_IN, f"{DETECTORS}/{name}", path.read_bytes()), vocabulary)
        if isinstance(outcome, Problem) or outcome[0] is None:  # pragma: no cover - the files are ours and tested
            raise TypeError(f"the bundled detector {name} is broken: {outcome}")
        found.append(outcome[0])
    return tuple(found)


def _read(file: File, vocabulary: Vocabulary) -> tuple[Detector | None, tuple[Problem, ...]] | Problem:
    document = parse(file)
    if not isinstance(document, Document):
        return document[0]
    return read_detector(document, file.origin, vocabulary)


def _added_files(prepared: Prepared) -> Iterator[File | Problem]:
    """The files of the repository and of the packs at its top, and those of the root that is below it."""
    top = prepared.top or prepared
    locked = prepared.lock.packs if prepared.lock else ()
    yield from _files(top.source, (*_OWN, *(f"{pack.folder}/{DETECTORS}" for pack in locked)))
    if prepared.top is not None:
        yield from _files(prepared.source, _OWN)


def _files(source: Source, folders: Iterable[str]) -> Iterator[File | Problem]:
    for folder in folders:
        for path in source.below(folder):
            if path.endswith(".yaml"):
                yield source.file(path)
