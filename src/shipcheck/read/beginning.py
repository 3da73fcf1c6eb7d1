"""Whether a file begins as a manifest does, from its first bytes."""

from typing import Any

import yaml

from shipcheck.read.libyaml import CParser

_KEY = "shipcheck"
_MARK = b"\xef\xbb\xbf"
_NO_CONTENT = ("#", "%", "---", "...")
# What the first line starts with if it may be without content.
_MAYBE_SILENT = b"#%-. \t\r\n\xef"


def begins_as_manifest(content: bytes) -> bool | None:
    """Whether the first key of the first map is `shipcheck`, with a number as its value; None if `content` ends before that.

    Keys are read as libyaml reads them, so quotes and escapes hide none; comments, `---` and empty documents may come first.
    """
    # Only a file that has the word, or an escape, which could write it, is worth the parser's time.
    if _KEY.encode() not in content and b"\\" not in content:
        return None if _is_silent(content) else False
    parser: Any = CParser(content.removeprefix(_MARK).decode("utf-8", "replace"))
    try:
        while not isinstance(event := parser.get_event(), yaml.MappingStartEvent):
            if isinstance(event, yaml.StreamEndEvent):
                return None
            if isinstance(event, yaml.SequenceStartEvent) or (isinstance(event, yaml.ScalarEvent) and event.value):
                return False
        key, value = parser.get_event(), parser.get_event()
    except yaml.YAMLError:
        return None
    return _text(key) == _KEY and _text(value).isdigit()


def _text(event: Any) -> str:
    return str(event.value) if isinstance(event, yaml.ScalarEvent) else ""


def _is_silent(content: bytes) -> bool:
    """Whether there are only blank lines, comments, directives and marks of documents."""
    if content and content[0] not in _MAYBE_SILENT:
        return False
    lines = (line.strip() for line in content.removeprefix(_MARK).decode("utf-8", "replace").splitlines())
    return all(not line or line.startswith(_NO_CONTENT) for line in lines)
