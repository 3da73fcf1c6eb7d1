"""`shipcheck graph`: the linked graph of a repository."""

from dataclasses import dataclass
from pathlib import Path

from shipcheck.graph.graph import Graph
from shipcheck.model.document import texts_of
from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem
from shipcheck.pipeline.load import load
from shipcheck.pipeline.prepare import Progress, no_progress, prepare
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Linked:
    """The graph, or the problems that prevent it; `settings_invalid` means that the settings are malformed."""

    graph: Graph | None
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]
    settings_invalid: bool
    texts: Texts


def graph_of(path: Path | None, state: State = WORKTREE, progress: Progress = no_progress) -> Linked:
    """Read, validate and link the manifests below the path, or of the whole repository, in one of its states.

    Raises:
        UsageError: the path is not a folder, or the state is one of git and there is no repository.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(path, state)
    loaded = load(prepared, progress)
    problems = (*prepared.settings_problems, *loaded.every_problem)
    texts = texts_of((*prepared.files, *loaded.files))
    settings_invalid = bool(prepared.settings_problems)
    return Linked(None if problems else loaded.graph, prepared.vocabulary, problems, settings_invalid, texts)
