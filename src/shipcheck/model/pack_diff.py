"""The effect of another version of a pack on repositories that use it."""

from dataclasses import dataclass

from shipcheck.model.finding import Finding
from shipcheck.model.problem import Problem


@dataclass(frozen=True, slots=True)
class RepositoryDiff:
    """One repository judged with both versions: findings that only one of them has, or why it cannot be judged."""

    root: str
    appear: tuple[Finding, ...] = ()
    vanish: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PackDiff:
    """Two versions of a pack: `changes` are the differences of the pack itself, a line each."""

    old: str
    new: str
    changes: tuple[str, ...]
    repositories: tuple[RepositoryDiff, ...]
