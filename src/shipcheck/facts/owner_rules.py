"""CODEOWNERS files of both hosts, as documented, parsed into rules.

The package codeowners parses most GitHub files correctly. It is not used because it is wrong where it matters here: it takes the
last match over all sections of a GitLab file, where each section has its own owners; it takes a section with default owners for a
pattern and gives its entries no owners; it supports `!` and `[...]`, which GitHub does not have and GitLab uses for exclusions;
it skips malformed owners; and it matches with regular expressions that backtrack.

A line that cannot be parsed reliably leaves the owners of everything that it could match unknown, unless a later line of GitHub's
dialect decides about it: an owner that is neither `@name`, `@group/name` nor an address; on GitHub `!`, a set of characters or an
escaped `#`, and files directly in a folder for `folder/**/`; on GitLab a set of characters in a pattern, or a pattern that a
section has twice. An unclosed heading of GitLab leaves all owners unknown.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shipcheck.facts.owner_patterns import Effort, Pattern, matches, pattern_of

_GITHUB_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)?|[^@\s]+@[^@\s]+")
_GITLAB_OWNER = re.compile(r"@@?[\w.-]+(?:/[\w.-]+)*|[^@\s]+@[^@\s]+")
_SPACE = re.compile(r"(?<!\\)[ \t]+")
_SETS = frozenset("[]")
_HEADING = re.compile(r"(?P<optional>\^?)\[(?P<name>[^\]]+)\](?:\[\d*\])?(?P<owners>(?:[ \t]+[^ \t]+)*)")


class UnclearLineError(Exception):
    """Who owns a file depends on a line that cannot be parsed reliably; carries its number."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} cannot be parsed reliably")
        self.line = line


class Rule(NamedTuple):
    """The owners of what a pattern matches; None if it is unclear whether the line, a number, matches, or who owns it."""

    pattern: Pattern
    owners: tuple[str, ...] | None
    line: int = 0


class Section(NamedTuple):
    """Rules of which the last match applies, except for exclusions; every file that an `unclear` rule matches is unclear."""

    rules: tuple[Rule, ...]
    excluded: tuple[Pattern, ...] = ()
    unclear: tuple[Rule, ...] = ()


_EVERYTHING = pattern_of([None, "*"])


def owners_of(sections: Sequence[Section], path: str, effort: Effort) -> tuple[str, ...]:
    """The owners of a file, from all sections together.

    Raises:
        TooMuchToMatchError: it would take too long.
        UnclearLineError: they depend on a line that cannot be parsed reliably.
    """
    parts = path.split("/")
    owners: list[str] = []
    for section in sections:
        owners.extend(_owners_in(section, parts, effort))
    return tuple(owners)


def _owners_in(section: Section, parts: Sequence[str], effort: Effort) -> tuple[str, ...]:
    for rule in section.unclear:
        if matches(rule.pattern, parts, effort):
            raise UnclearLineError(rule.line)
    if any(matches(pattern, parts, effort) for pattern in section.excluded):
        return ()
    for rule in reversed(section.rules):
        if matches(rule.pattern, parts, effort):
            if rule.owners is None:
                raise UnclearLineError(rule.line)
            return rule.owners
    return ()


def github_rules(text: str) -> tuple[Section, ...]:
    """The rules of a file in GitHub's dialect."""
    rules: list[Rule] = []
    for number, line in _lines(text):
        pattern, *owners = _SPACE.split(re.split(r"[ \t]#", line, maxsplit=1)[0].rstrip())
        if pattern.startswith(("!", "\\#", "^[")) or not _SETS.isdisjoint(pattern):
            rules.append(Rule(_widest(pattern), None, number))
            continue
        named = tuple(owners) if all(_GITHUB_OWNER.fullmatch(owner) for owner in owners) else None
        rules.extend(Rule(form, named, number) for form in _github_patterns(pattern))
        if pattern.endswith("/**/") or pattern == "**/":
            rules.append(Rule(_directly_in(pattern), None, number))
    return (Section(tuple(rules)),)


def _widest(text: str) -> Pattern:
    """Everything that a pattern could match: all below the folders before its first part that is not documented."""
    names = text.removeprefix("!").strip("/").split("/")
    known = next(
        (number for number, name in enumerate(names) if not _SETS.isdisjoint(name) or name.startswith("\\#")), len(names)
    )
    if not known:
        return _EVERYTHING
    inner = [_folders(name) for name in names[:known]]
    anchored = "/" in text.removeprefix("!").rstrip("/")
    # The last known name may itself be what is matched.
    return pattern_of([*([] if anchored else [None]), *inner, *([None, "*"] if known < len(names) else [None])])


def _directly_in(text: str) -> Pattern:
    """The files directly in `folder/` for `folder/**/`: in git that takes in folders only, and GitHub documents neither."""
    names = text.strip("/").split("/")[:-1]
    return pattern_of([*(_folders(name) for name in names), "*"])


def _github_patterns(text: str) -> list[Pattern]:
    """The patterns that a pattern means: what it names, and, except for `folder/*`, everything below that."""
    names = text.strip("/").split("/")
    if names == [""]:
        return []
    inner = [_folders(name) for name in names]
    named = inner if "/" in text.rstrip("/") else [None, *inner]
    below = pattern_of([*named, None, "*"])
    if text.endswith("/") or inner[-1] is None:
        return [below]
    return [pattern_of(named)] if text.endswith("/*") else [pattern_of(named), below]


def _folders(name: str) -> str | None:
    """One name of a pattern; two stars alone are any number of folders, elsewhere they are one."""
    return None if name == "**" else re.sub(r"\*\*+", "*", name)


class _Draft:
    """A section as it is read. It is optional if all headings of its name are: its owners need not approve."""

    def __init__(self) -> None:
        self.rules: dict[Pattern, tuple[str, ...]] = {}
        self.excluded: dict[Pattern, None] = {}
        self.unclear: list[Rule] = []
        self.optional = True

    def add(self, line: str, defaults: tuple[str, ...], number: int) -> None:
        """Add one entry.

        The documentation says that the last of two with one pattern is used; the host gives it the place of the first.
        """
        text, *words = _SPACE.split(line)
        exclusion = text.startswith("!")
        text = text.removeprefix("!")
        if not _SETS.isdisjoint(text) or text.startswith("^"):
            self.unclear.append(Rule(_EVERYTHING if text.startswith("^") else _widest(text), None, number))
            return
        pattern = _gitlab_pattern(text)
        owners = _gitlab_owners(words)
        if owners is None or pattern in self.rules or pattern in self.excluded:
            self.unclear.append(Rule(pattern, None, number))
        elif exclusion:
            self.excluded[pattern] = None
        else:
            self.rules[pattern] = owners or defaults


def gitlab_rules(text: str) -> tuple[Section, ...]:
    """The rules of a file in GitLab's dialect, by section."""
    drafts = {"": _Draft()}
    drafts[""].optional = False
    draft, defaults = drafts[""], tuple[str, ...]()
    for number, line in _lines(text):
        heading = _HEADING.fullmatch(line)
        owners = _gitlab_owners(heading["owners"].split()) if heading else ()
        if owners is None or (heading is None and line.startswith(("[", "^["))):
            drafts[""].unclear.append(Rule(_EVERYTHING, None, number))
        elif heading is None:
            draft.add(line, defaults, number)
        else:
            defaults = owners
            draft = drafts.setdefault(heading["name"].casefold(), _Draft())
            draft.optional = draft.optional and bool(heading["optional"])
    return tuple(
        Section(
            tuple(Rule(pattern, owners) for pattern, owners in draft.rules.items()), tuple(draft.excluded), tuple(draft.unclear)
        )
        for draft in drafts.values()
        if not draft.optional
    )


def _gitlab_owners(words: Sequence[str]) -> tuple[str, ...] | None:
    """The owners among these words, None if one is malformed.

    GitLab has no comments after an entry: owners in them count, and other words are ignored.
    """
    comment = next((number for number, word in enumerate(words) if word.startswith("#")), len(words))
    if not all(_GITLAB_OWNER.fullmatch(word) for word in words[:comment]):
        return None
    return (*words[:comment], *(word for word in words[comment:] if _GITLAB_OWNER.fullmatch(word)))


def _gitlab_pattern(text: str) -> Pattern:
    """`*` is everything; without a leading `/` a pattern matches at any depth; with a trailing one it is everything below."""
    if text == "*":
        return pattern_of([None, "*"])
    *folders, last = text.removeprefix("/").split("/")
    inner = [_folders(name) for name in folders] + ([re.sub(r"\*\*+", "*", last)] if last else [None, "*"])
    return pattern_of(inner if text.startswith("/") else [None, *inner])


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines with content, with their numbers."""
    lines = ((number, line.strip()) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]
