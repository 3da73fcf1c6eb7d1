"""Worlds of tests and examples: manifest files to something that policies can be judged over."""

from collections.abc import Sequence
from datetime import date

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File
from shipcheck.model.problem import Problem
from shipcheck.read.parse import parse
from shipcheck.validate.manifest import Walker
from shipcheck.vocabulary.types import Vocabulary


class Worlds:
    """Reads, validates and links each world once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._walker = Walker(vocabulary)
        self._made: dict[tuple[tuple[File, ...], date], Evaluator | tuple[Problem, ...]] = {}

    def evaluator(self, files: tuple[File, ...], as_of: date) -> Evaluator | tuple[Problem, ...]:
        """What judges policies over a world on a day, or everything that is wrong with its manifests."""
        key = (files, as_of)
        if key not in self._made:
            graph = self._graph(files)
            self._made[key] = Evaluator(graph, self._vocabulary, as_of) if isinstance(graph, Graph) else graph
        return self._made[key]

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
        return tuple(problems) if problems else link(manifests, self._vocabulary)
