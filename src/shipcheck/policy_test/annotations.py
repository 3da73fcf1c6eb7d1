"""Annotated fixtures: ordinary manifests whose comments say which findings are expected, and where.

# shipcheck-test: ungated-sensitive-action, as of 2026-11-22
# expect: ungated-sensitive-action to action:pay-claim, 1 hop, error
# ok: ungated-sensitive-action
# todo: ungated-sensitive-action to action:refund
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shipcheck.english import did_you_mean
from shipcheck.model.location import Location
from shipcheck.model.policy import SEVERITIES, Severity
from shipcheck.model.policy_test import Case, Expected, TestFile
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.policy_test.comments import Comment, comments

_HEADER = re.compile(r"shipcheck-test:(?P<rest>.*)")
_MARK = re.compile(r"(?P<word>expect|ok|todo):(?P<rest>.*)")
_HOPS = re.compile(r"([0-9]{1,6}) hops?")
_DAY = re.compile(r"as of ([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Header:
    """What the first comment of an annotated fixture says: the policies under test and the date."""

    policies: tuple[str, ...]
    as_of: date
    location: Location


class Annotations:
    """Reads the comments of fixtures; everything wrong with them goes to `problems`."""

    def __init__(self, policies: Sequence[str], problems: list[Problem]) -> None:
        self._policies = policies
        self._problems = problems

    @staticmethod
    def has_header(file: TestFile) -> bool:
        """Whether a file has a header, valid or not."""
        return any(_HEADER.fullmatch(comment.text) for comment in comments(file.document))

    def header(self, file: TestFile) -> Header | None:
        """The header of a file, or None if it has none, or an invalid one."""
        for comment in comments(file.document):
            match = _HEADER.fullmatch(comment.text)
            if match:
                return self._header(match["rest"], comment)
        return None

    def _header(self, rest: str, comment: Comment) -> Header | None:
        *names, day = [part.strip() for part in rest.split(",")]
        when = _DAY.fullmatch(day)
        as_of = _calendar_day(when[1]) if when else None
        if as_of is None or not names:
            self._report(comment, "invalid header; write '# shipcheck-test: POLICY, as of YYYY-MM-DD'")
            return None
        known = [self._known(name, comment) for name in names]
        return Header(tuple(dict.fromkeys(names)), as_of, comment.location) if all(known) else None

    def case(self, name: str, header: Header, files: Sequence[TestFile]) -> Case:
        """The case that an annotated fixture describes."""
        expected: list[Expected] = []
        gaps: list[Expected] = []
        for file in files:
            for comment in comments(file.document):
                match = _MARK.fullmatch(comment.text)
                if match:
                    self._mark(match, comment, header, {"expect": expected, "todo": gaps, "ok": []})
        return Case(
            name=name,
            policies=header.policies,
            as_of=header.as_of,
            files=tuple(file.file for file in files),
            expected=tuple(expected),
            gaps=tuple(gaps),
            applies=True,
            edits=0,
            origin=name,
            location=header.location,
        )

    def _mark(self, match: re.Match[str], comment: Comment, header: Header, marks: Mapping[str, list[Expected]]) -> None:
        expected = self._expected(match["rest"], comment)
        if expected is None:
            return
        if expected.policy not in header.policies:
            self._report(comment, f"policy '{expected.policy}' is not under test here; add it to the header")
        elif not comment.about:
            self._report(comment, "no line follows the comment; put it on the line above the place it is about")
        else:
            marks[match["word"]].append(expected)

    def _expected(self, rest: str, comment: Comment) -> Expected | None:
        first, *more = [part.strip() for part in rest.split(",")]
        name, _, target = first.partition(" to ")
        hops: int | None = None
        severity: Severity | None = None
        for part in more:
            counted = _HOPS.fullmatch(part)
            if counted:
                hops = int(counted[1])
            elif part in SEVERITIES:
                severity = SEVERITIES[part]
            else:
                hint = did_you_mean(part, SEVERITIES) or "; write '2 hops' or a severity"
                self._report(comment, f"unexpected '{part}'{hint}")
                return None
        if not self._known(name.strip(), comment):
            return None
        line = (comment.location.path, comment.about)
        return Expected(name.strip(), comment.location, None, target.strip() or None, severity, hops, line=line)

    def _known(self, name: str, comment: Comment) -> bool:
        if name in self._policies:
            return True
        self._report(comment, f"unknown policy '{name}'{did_you_mean(name, self._policies)}")
        return False

    def _report(self, comment: Comment, message: str) -> None:
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(Problem(comment.location, "test-comment", message))


def _calendar_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
