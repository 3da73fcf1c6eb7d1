"""The team that owns a file according to the repository's CODEOWNERS.

GitHub reads the first of `.github/CODEOWNERS`, `CODEOWNERS` and `docs/CODEOWNERS`, GitLab the first of `CODEOWNERS`,
`docs/CODEOWNERS` and `.gitlab/CODEOWNERS`. A repository with a folder `.github` is read as GitHub's, one with `.gitlab-ci.yml` or
a folder `.gitlab` as GitLab's; with both, the two must agree; with neither, a file with section headings is read as GitLab's and
any other as GitHub's.

An owner denotes a team if it is the team's contact or one of its members, as written in the manifest, or if its last part is the
team's name: `@org/payables` for `payables`, on GitLab also `@payables`, because groups are at the top level there. A file has a
code owner if all its owners denote the same team: another approver who is not known to belong to it makes the owner unknown, and
so does a second team.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from shipcheck.facts.owner_patterns import Effort, TooMuchToMatchError
from shipcheck.facts.owner_rules import Section, UnclearLineError, github_rules, gitlab_rules, owners_of
from shipcheck.facts.tree import Tree
from shipcheck.graph.graph import Graph

# About two seconds' worth of comparisons.
MOST_COMPARED = 5_000_000
_HEADING = re.compile(r"(?m:^)[ \t]*+\^?\[")
_GITHUB = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_GITLAB = ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class _Host(NamedTuple):
    """One host's reading of the repository: its rules, None if the file cannot be read, and whether `@name` can be a group."""

    sections: tuple[Section, ...] | None
    top_groups: bool


class _Teams:
    """The declared teams, by everything that an owner may be written as; case is ignored."""

    def __init__(self, graph: Graph) -> None:
        self._names: dict[str, set[int]] = {}
        self._written: dict[str, set[int]] = {}
        for node in graph.nodes(("team",)):
            self._names.setdefault(graph.reference(node).name, set()).add(node)
            values: dict[str, Any] = graph.values[node]
            for text in (values.get("contact", ""), *values.get("members", ())):
                self._written.setdefault(text.lower().removeprefix("@"), set()).add(node)

    def behind(self, owner: str, *, top_groups: bool) -> set[int]:
        """The teams that an owner can denote."""
        text = owner.lower().removeprefix("@")
        teams = set(self._written.get(text, ()))
        if owner.startswith("@") and ("/" in text or top_groups):
            teams |= self._names.get(text.rpartition("/")[2], set())
        return teams


class CodeOwners:
    """Answers who owns a file; the CODEOWNERS file is read on the first question."""

    def __init__(self, tree: Tree, graph: Graph) -> None:
        self._tree = tree
        self._graph = graph
        self._teams: _Teams | None = None
        self._hosts: tuple[_Host, ...] | None = None
        self._effort = Effort(MOST_COMPARED)

    def team(self, path: str) -> int | None:
        """The node of the one team that owns a file; None if there is none, or it cannot be determined."""
        if self._hosts is None or self._teams is None:
            self._hosts, self._teams = _hosts(self._tree), _Teams(self._graph)
        try:
            teams = {self._team(host, self._teams, path) for host in self._hosts}
        except (TooMuchToMatchError, UnclearLineError):
            return None
        return teams.pop() if len(teams) == 1 else None

    def _team(self, host: _Host, teams: _Teams, path: str) -> int | None:
        owners = owners_of(host.sections, path, self._effort) if host.sections else ()
        shared = set.intersection(*(teams.behind(owner, top_groups=host.top_groups) for owner in owners)) if owners else set()
        return shared.pop() if len(shared) == 1 else None


def written_owners(tree: Tree, paths: Iterable[str]) -> dict[str, tuple[tuple[str, ...] | None, ...]]:
    """The owners of each path as each host reads the repository; None if they are unknown, empty without an owner."""
    hosts = [(_first(tree, places) is not None, host.sections) for places, host in _hosts_with_places(tree)]
    effort = Effort(MOST_COMPARED)
    return {path: tuple(_written(sections, path, effort) if there else () for there, sections in hosts) for path in paths}


def _written(sections: tuple[Section, ...] | None, path: str, effort: Effort) -> tuple[str, ...] | None:
    try:
        return owners_of(sections, path, effort) if sections is not None else None
    except (TooMuchToMatchError, UnclearLineError):
        return None


def unclear_lines(tree: Tree, paths: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The lines because of which the owners of these paths are unknown: each with its file, in order and once."""
    effort = Effort(MOST_COMPARED)
    hosts = [(_first(tree, places) or "", host.sections or ()) for places, host in _hosts_with_places(tree)]
    found: set[tuple[str, int]] = set()
    for path in paths:
        for place, sections in hosts:
            try:
                owners_of(sections, path, effort)
            except UnclearLineError as error:
                found.add((place, error.line))
            except TooMuchToMatchError:
                return tuple(sorted(found))
    return tuple(sorted(found))


def owner_files(tree: Tree) -> tuple[str, ...]:
    """The CODEOWNERS files that apply, one for each host that the repository is read as."""
    files = (_first(tree, places) for places, _ in _hosts_with_places(tree))
    return tuple(dict.fromkeys(place for place in files if place is not None))


def same_owners(one: Tree, other: Tree) -> bool:
    """Whether both trees have the same code owners."""
    return _owner_sources(one) == _owner_sources(other)


def _owner_sources(tree: Tree) -> tuple[object, ...]:
    places = dict.fromkeys((*_GITHUB, *_GITLAB))
    marks = (tree.has_folder(".github"), tree.has_folder(".gitlab"), tree.lists(".gitlab-ci.yml"))
    return (*marks, *((tree.lists(place), tree.read(place)) for place in places))


def _hosts(tree: Tree) -> tuple[_Host, ...]:
    return tuple(host for _, host in _hosts_with_places(tree))


def _hosts_with_places(tree: Tree) -> tuple[tuple[tuple[str, ...], _Host], ...]:
    """The hosts that the repository is read as, each with the places in which it looks for its file."""
    text_at = cache(partial(_text, tree))
    github = tree.has_folder(".github")
    gitlab = tree.has_folder(".gitlab") or tree.lists(".gitlab-ci.yml")
    if not github and not gitlab:
        gitlab = bool(_HEADING.search(text_at(_first(tree, _GITLAB)) or ""))
        github = not gitlab
    hosts = ((github, _GITHUB, github_rules), (gitlab, _GITLAB, gitlab_rules))
    return tuple(
        (places, _Host(read(text) if (text := text_at(_first(tree, places))) is not None else None, read is gitlab_rules))
        for uses, places, read in hosts
        if uses
    )


def _first(tree: Tree, places: Sequence[str]) -> str | None:
    return next((place for place in places if tree.lists(place)), None)


def _text(tree: Tree, path: str | None) -> str | None:
    content = tree.read(path) if path else None
    try:
        return content.decode("utf-8-sig") if content is not None else None
    except UnicodeDecodeError:
        return None
