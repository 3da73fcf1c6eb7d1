"""Where the parts of a policy are written: expressions carry their text, which is searched for in the pack's files."""

import re

from shipcheck.model.location import Location, Texts
from shipcheck.model.policy import Policy


class Places:
    """Finds texts of one pack's policies in its files."""

    def __init__(self, texts: Texts) -> None:
        self._files = {key: content.decode("utf-8").removeprefix("\ufeff") for key, content in texts.items()}

    def in_policy(self, policy: Policy, text: str) -> Location:
        """Where the policy contains this text; the policy itself if it cannot be found."""
        place = policy.location
        content = self._files.get((place.origin, place.path), "")
        start = _offset(content, place.line)
        end = content.find("\n  - id:", start + 1)
        return _location_of(content, text, (start, end if end >= 0 else len(content)), place) or place

    def selector(self, name: str) -> Location:
        """Where a named selector is declared."""
        for (origin, path), content in self._files.items():
            match = re.search(rf"^ +({re.escape(name)}):", content, re.MULTILINE)
            if match and "\nselect:" in f"\n{content[: match.start()]}":
                line = content.count("\n", 0, match.start(1)) + 1
                column = match.start(1) - content.rfind("\n", 0, match.start(1))
                return Location(origin, path, line, column, line, column + len(name))
        origin, path = next(iter(self._files))
        return Location(origin, path, 1, 1, 1, 1)

    def in_selector(self, name: str, text: str) -> Location:
        """Where a named selector contains this text."""
        place = self.selector(name)
        content = self._files.get((place.origin, place.path), "")
        return _location_of(content, text, (_offset(content, place.line), len(content)), place) or place


def _offset(content: str, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = content.find("\n", offset) + 1
    return offset


def _location_of(content: str, text: str, span: tuple[int, int], place: Location) -> Location | None:
    """The text, whose words may be on several lines."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    match = re.compile(pattern).search(content, *span) if pattern else None
    if match is None:
        return None
    line = content.count("\n", 0, match.start()) + 1
    column = match.start() - content.rfind("\n", 0, match.start())
    end_line = content.count("\n", 0, match.end()) + 1
    end_column = match.end() - content.rfind("\n", 0, match.end())
    return Location(place.origin, place.path, line, column, end_line, end_column)
