"""`shipcheck schema`: the vocabulary of a repository, with the fields of the packs in use."""

from dataclasses import dataclass
from pathlib import Path

from shipcheck.model.document import texts_of
from shipcheck.model.location import Texts
from shipcheck.model.problem import Problem
from shipcheck.pipeline.prepare import prepare
from shipcheck.pipeline.state import WORKTREE, State
from shipcheck.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ManifestVocabulary:
    """What manifests can declare, or the problems of packs and settings; `settings_invalid` is about the settings."""

    vocabulary: Vocabulary
    problems: tuple[Problem, ...]
    settings_invalid: bool
    texts: Texts


def schema_of(root: Path | None, state: State = WORKTREE) -> ManifestVocabulary:
    """The vocabulary of the repository at `root`, in one of its states.

    Raises:
        UsageError: the path is not a folder, or no git repository has the state.
        CannotJudgeError: the files cannot be listed.
    """
    prepared = prepare(root, state)
    return ManifestVocabulary(prepared.vocabulary, prepared.problems, bool(prepared.settings_problems), texts_of(prepared.files))
