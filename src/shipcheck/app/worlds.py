"""Worlds of tests and examples: manifest files to something that policies can be judged over."""

from collections.abc import Sequence
from datetime import date
from importlib.resources.abc import Traversable

from shipcheck.app.packs import Source
from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.collect import collect
from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File
from shipcheck.model.problem import Problem
from shipcheck.packs.code import WorldFiles
from shipcheck.read.parse import parse
from shipcheck.validate.manifest import Walker
from shipcheck.vocabulary.types import Vocabulary


class Worlds:
    """Reads, validates and links each world once. The code that manifests name is looked for beside them, in their pack."""

    def __init__(self, vocabulary: Vocabulary, source: Source | None = None) -> None:
        self.vocabulary = vocabulary
        self._source = source
        self._walker = Walker(vocabulary)
        self._made: dict[tuple[tuple[File, ...], date, str], Evaluator | tuple[Problem, ...]] = {}

    def evaluator(self, files: tuple[File, ...], as_of: date, origin: str = "") -> Evaluator | tuple[Problem, ...]:
        """What judges policies over a world on a day, or everything that is wrong with its manifests.

        `origin` is the folder of the world as its pack's files are named; a world that is written in a table has none.
        """
        key = (files, as_of, origin)
        if key not in self._made:
            graph = self._graph(files)
            if isinstance(graph, Graph):
                collect(graph, self.vocabulary, WorldFiles(self._folder(origin)))
            self._made[key] = Evaluator(graph, self.vocabulary, as_of) if isinstance(graph, Graph) else graph
        return self._made[key]

    def _folder(self, origin: str) -> Traversable | None:
        if self._source is None or not origin:
            return None
        path = origin.removeprefix(f"{self._source.prefix}/") if self._source.prefix else origin
        folder = self._source.folder.joinpath(*path.split("/"))
        return folder if folder.is_dir() else None

    def _graph(self, files: Sequence[File]) -> Graph | tuple[Problem, ...]:
        manifests: list[Manifest] = []
        problems: list[Problem] = []
        for file in files:
            document = parse(file)
            outcome = self._walker.validate(document) if isinstance(document, Document) else document
            if isinstance(outcome, Manifest):
                manifests.append(outcome)
            else:
                problems.extend(outcome)
        return tuple(problems) if problems else link(manifests, self.vocabulary)
