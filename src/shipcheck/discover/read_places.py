"""Places: where in a call, a record or a file a value is."""

from shipcheck.discover.detector_keys import PLACE, Context, Keys, short
from shipcheck.discover.rule import Path, Place
from shipcheck.model.document import Mapping, Node, Scalar, Sequence

_MOST_PARTS = 12
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-$@/")


def place_under(keys: Keys, name: str, *, in_file: bool = False) -> Place:
    """The place under a key; empty if it is missing."""
    node = keys.get(name)
    return () if node is None else read_place(keys.context, node, in_file=in_file)


def read_place(context: Context, node: Node, *, in_file: bool = False) -> Place:
    """A place: a keyword, a position or a dotted path, or a list of these. A wrong one is reported, and empty."""
    if isinstance(node, Sequence) and not node.items:
        context.report(node, PLACE, "a list of places is empty; add one")
    items = node.items if isinstance(node, Sequence) else (node,)
    paths = [read_path(context, item, in_file=in_file) for item in items]
    return tuple(path for path in paths if path)


def read_path(context: Context, node: Node, *, in_file: bool = False) -> Path:
    """A keyword, a position or a dotted path, in files with `*` for every value of a map or list; empty if it is wrong."""
    if not isinstance(node, Scalar) or not node.text:
        what = "a map" if isinstance(node, Mapping) else "a list in a list" if isinstance(node, Sequence) else "nothing"
        context.report(node, PLACE, f"a place is a keyword, a position, a dotted path or a list of these, not {what}")
        return ()
    parts = node.text.split(".")
    wrong = next((part for part in parts if not _is_part(part, in_file=in_file)), None)
    if wrong is not None or len(parts) > _MOST_PARTS:
        form = (
            "a key or a dotted path, such as servers.*.url"
            if in_file
            else "a keyword, a position or a path such as options.tools"
        )
        context.report(node, PLACE, f"'{short(node.text)}' is not a place; write {form}")
        return ()
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def _is_part(part: str, *, in_file: bool) -> bool:
    if part.isascii() and part.isdecimal():
        return len(part) <= len("999")
    return bool(part) and (_LETTERS.issuperset(part) or (in_file and part == "*"))
