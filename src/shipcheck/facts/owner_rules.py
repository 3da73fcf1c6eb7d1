"""CODEOWNERS files of both hosts, as documented, parsed into rules.

The package codeowners parses most GitHub files correctly. It is not used because it is wrong where it matters here: it takes the
last match over all sections of a GitLab file, where each section has its own owners; it takes a section with default owners for a
pattern and gives its entries no owners; it supports `!` and `[...]`, which GitHub does not have and GitLab uses for exclusions;
it skips malformed owners; and it matches with regular expressions that backtrack.

Anything in a file that cannot be parsed reliably makes all of it unknown: an owner that is neither `@name`, `@group/name` nor an
address; on GitHub `!`, `[` or an escaped `#` at the start of a pattern; on GitLab a set of characters in a pattern, a pattern
that a section has twice, or an unclosed heading.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shipcheck.facts.owner_patterns import Effort, Pattern, matches, pattern_of

_GITHUB_OWNER = re.compile(r"@[\w.-]+(?:/[\w.-]+)?|[^@\s]+@[^@\s]+")
_GITLAB_OWNER = re.compile(r"@@?[\w.-]+(?:/[\w.-]+)*|[^@\s]+@[^@\s]+")
_SPACE = re.compile(r"(?<!\\)[ \t]+")
_HEADING = re.compile(r"(?P<optional>\^?)\[(?P<name>[^\]]+)\](?:\[\d*\])?(?P<owners>(?:[ \t]+[^ \t]+)*)")


class Rule(NamedTuple):
    """The owners of what a pattern matches."""

    pattern: Pattern
    owners: tuple[str, ...]


class Section(NamedTuple):
    """Rules of which the last match applies, except for exclusions."""

    rules: tuple[Rule, ...]
    excluded: tuple[Pattern, ...] = ()


def owners_of(sections: Sequence[Section], path: str, effort: Effort) -> tuple[str, ...]:
    """The owners of a file, from all sections together.

    Raises:
        TooMuchToMatchError: it would take too long.
    """
    parts = path.split("/")
    owners: list[str] = []
    for section in sections:
        owners.extend(_owners_in(section, parts, effort))
    return tuple(owners)


def _owners_in(section: Section, parts: Sequence[str], effort: Effort) -> tuple[str, ...]:
    if any(matches(pattern, parts, effort) for pattern in section.excluded):
        return ()
    for rule in reversed(section.rules):
        if matches(rule.pattern, parts, effort):
            return rule.owners
    return ()


def github_rules(text: str) -> tuple[Section, ...] | None:
    """The rules of a file in GitHub's dialect; None if a line is malformed."""
    rules: list[Rule] = []
    for line in _lines(text):
        pattern, *owners = _SPACE.split(re.split(r"[ \t]#", line, maxsplit=1)[0].rstrip())
        if pattern.startswith(("!", "\\#", "^[")) or "[" in pattern or "]" in pattern:
            return None
        if not all(_GITHUB_OWNER.fullmatch(owner) for owner in owners):
            return None
        rules.extend(Rule(form, tuple(owners)) for form in _github_patterns(pattern))
    return (Section(tuple(rules)),)


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
        self.optional = True

    def add(self, line: str, defaults: tuple[str, ...]) -> bool:
        """Add one entry; False if it is malformed, or its pattern is already there.

        The documentation says that the last of two is used; the host gives it the place of the first.
        """
        text, *words = _SPACE.split(line)
        exclusion = text.startswith("!")
        text = text.removeprefix("!")
        pattern = _gitlab_pattern(text)
        owners = _gitlab_owners(words)
        if (
            owners is None
            or "[" in text
            or "]" in text
            or text.startswith("^")
            or pattern in self.rules
            or pattern in self.excluded
        ):
            return False
        if exclusion:
            self.excluded[pattern] = None
        else:
            self.rules[pattern] = owners or defaults
        return True


def gitlab_rules(text: str) -> tuple[Section, ...] | None:
    """The rules of a file in GitLab's dialect, by section; None if a line is malformed, or a section has a pattern twice."""
    drafts = {"": _Draft()}
    drafts[""].optional = False
    draft, defaults = drafts[""], tuple[str, ...]()
    for line in _lines(text):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            if not draft.add(line, defaults):
                return None
            continue
        owners = _gitlab_owners(heading["owners"].split())
        if owners is None:
            return None
        defaults = owners
        draft = drafts.setdefault(heading["name"].casefold(), _Draft())
        draft.optional = draft.optional and bool(heading["optional"])
    required = (draft for draft in drafts.values() if not draft.optional)
    return tuple(
        Section(tuple(Rule(pattern, owners) for pattern, owners in draft.rules.items()), tuple(draft.excluded))
        for draft in required
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


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]
