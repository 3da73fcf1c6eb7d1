"""CODEOWNERS files of both hosts, as their documentation has them, read into rules.

The package codeowners from the index reads most GitHub files right. It was tried and left, because it is wrong where it matters
here: it takes the last match over all sections of a GitLab file, where each section has owners of its own; it takes a section
with default owners for a pattern and gives its entries no owners; it reads `!` and `[...]`, which GitHub does not have and
GitLab's exclusions are made of; it passes over owners that are malformed; and it matches with regular expressions that go back on
their choices.

What a file holds that this cannot read with certainty makes all of it unknown: an owner that is neither `@name`, `@group/name`
nor an address; on GitHub `!`, `[` or an escaped `#` at the start of a pattern; on GitLab a set of characters in a pattern, a
pattern that a section has twice, or a heading that does not close.
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
    """Who owns what a pattern takes in."""

    pattern: Pattern
    owners: tuple[str, ...]


class Section(NamedTuple):
    """Rules of which the last that matches holds, but for what is excluded."""

    rules: tuple[Rule, ...]
    excluded: tuple[Pattern, ...] = ()


def owners_of(sections: Sequence[Section], path: str, effort: Effort) -> tuple[str, ...]:
    """The owners of a file, those of all sections together.

    Raises:
        TooMuchToMatchError: it would take too long.
    """
    parts = path.split("/")
    found: list[str] = []
    for section in sections:
        found.extend(_owners_in(section, parts, effort))
    return tuple(found)


def _owners_in(section: Section, parts: Sequence[str], effort: Effort) -> tuple[str, ...]:
    if any(matches(pattern, parts, effort) for pattern in section.excluded):
        return ()
    for rule in reversed(section.rules):
        if matches(rule.pattern, parts, effort):
            return rule.owners
    return ()


def github_rules(text: str) -> tuple[Section, ...] | None:
    """The rules of a file in GitHub's dialect; None where a line is malformed."""
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
    """What a pattern stands for: what it names, and, but for `folder/*`, everything below that."""
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
    """One name of a pattern; two stars that stand alone are any number of folders, elsewhere they are one."""
    return None if name == "**" else re.sub(r"\*\*+", "*", name)


class _Draft:
    """A section as it is read. It is optional where all headings of its name say so: nobody needs to ask its owners."""

    def __init__(self) -> None:
        self.rules: dict[Pattern, tuple[str, ...]] = {}
        self.excluded: dict[Pattern, None] = {}
        self.optional = True

    def add(self, line: str, defaults: tuple[str, ...]) -> bool:
        """Take in one entry; False for one that is malformed, and for a pattern that is there already.

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
    """The rules of a file in GitLab's dialect, by section; None where a line is malformed, or a section has a pattern twice."""
    drafts = {"": _Draft()}
    drafts[""].optional = False
    draft, defaults = drafts[""], tuple[str, ...]()
    for line in _lines(text):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            if not draft.add(line, defaults):
                return None
            continue
        found = _gitlab_owners(heading["owners"].split())
        if found is None:
            return None
        defaults = found
        draft = drafts.setdefault(heading["name"].casefold(), _Draft())
        draft.optional = draft.optional and bool(heading["optional"])
    required = (draft for draft in drafts.values() if not draft.optional)
    return tuple(
        Section(tuple(Rule(pattern, owners) for pattern, owners in draft.rules.items()), tuple(draft.excluded))
        for draft in required
    )


def _gitlab_owners(words: Sequence[str]) -> tuple[str, ...] | None:
    """The owners among these words, None where one is malformed.

    There are no comments behind an entry: owners named in one count, and its other words are passed over.
    """
    comment = next((number for number, word in enumerate(words) if word.startswith("#")), len(words))
    if not all(_GITLAB_OWNER.fullmatch(word) for word in words[:comment]):
        return None
    return (*words[:comment], *(word for word in words[comment:] if _GITLAB_OWNER.fullmatch(word)))


def _gitlab_pattern(text: str) -> Pattern:
    """`*` is everything; without a leading `/` a pattern fits at any depth; with a trailing one it is all that is below."""
    if text == "*":
        return pattern_of([None, "*"])
    *folders, last = text.removeprefix("/").split("/")
    inner = [_folders(name) for name in folders] + ([re.sub(r"\*\*+", "*", last)] if last else [None, "*"])
    return pattern_of(inner if text.startswith("/") else [None, *inner])


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.split("\n"))
    return [line for line in lines if line and not line.startswith("#")]
