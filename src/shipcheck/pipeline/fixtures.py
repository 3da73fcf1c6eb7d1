"""Fixtures of tests and examples: manifest files to a graph that policies can be judged over."""

from collections.abc import Sequence
from datetime import date

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.facts.collect import collect
from shipcheck.graph.graph import Graph
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File
from shipcheck.model.problem import Problem
from shipcheck.read.parse import parse
from shipcheck.validate.manifest import ManifestValidator
from shipcheck.vocabulary.vocabulary import Vocabulary


class Fixtures:
    """Reads, validates and links each fixture once, with what a pack provides to all of them."""

    def __init__(self, vocabulary: Vocabulary, provided: tuple[Manifest, ...] = ()) -> None:
        self.vocabulary = vocabulary
        self._provided = provided
        self._validator = ManifestValidator(vocabulary)
        self._evaluators: dict[tuple[object, ...], Evaluator | tuple[Problem, ...]] = {}

    def evaluator(
        self, files: tuple[File, ...], as_of: date, base: tuple[File, ...] = (), tree: tuple[File, ...] = ()
    ) -> Evaluator | tuple[Problem, ...]:
        """The evaluator of a fixture on a date, or the problems of its manifests.

        `base` are the manifests to compare with, if any; `tree` are the files that facts come from.
        """
        key = (files, as_of, base, tree)
        if key not in self._evaluators:
            self._evaluators[key] = self._evaluator(files, as_of, base, tree)
        return self._evaluators[key]

    def _evaluator(
        self, files: tuple[File, ...], as_of: date, base: tuple[File, ...], tree: tuple[File, ...]
    ) -> Evaluator | tuple[Problem, ...]:
        graph = self._graph(files)
        before = self._graph(base) if base else None
        if isinstance(graph, tuple):
            return graph
        if isinstance(before, tuple):
            return before
        collect(graph, self.vocabulary, _Files(tree))
        return Evaluator(graph, self.vocabulary, as_of, before)

    def _graph(self, files: Sequence[File]) -> Graph | tuple[Problem, ...]:
        manifests: list[Manifest] = []
        problems: list[Problem] = []
        for file in files:
            document = parse(file)
            outcome = self._validator.validate(document) if isinstance(document, Document) else document
            if isinstance(outcome, Manifest):
                manifests.append(outcome)
            else:
                problems.extend(outcome)
        return tuple(problems) if problems else link(manifests, self.vocabulary, self._provided)


class _Files:
    """The files of a fixture, for facts about code; see facts/tree.py."""

    def __init__(self, files: Sequence[File]) -> None:
        self._contents = {file.path: file.content for file in files}

    def lists(self, path: str) -> bool:
        """Whether the fixture has a file of that name."""
        return path in self._contents

    def holds(self, path: str) -> bool | None:
        """Whether the fixture has a file of that name; unknown where it has no code."""
        return self.lists(path) if self._contents else None

    def read(self, path: str) -> bytes | None:
        """The content of a file."""
        return self._contents.get(path)

    def spelled(self, path: str) -> str:
        """The first file whose path differs from this one in case alone."""
        return next((each for each in self._contents if each != path and each.lower() == path.lower()), "")

    def has_folder(self, folder: str) -> bool:
        """Whether the fixture has a file in a folder."""
        return any(path.startswith(f"{folder}/") for path in self._contents)
