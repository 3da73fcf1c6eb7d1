"""Callables: what rules are about, as they are written for each ecosystem."""

from shipcheck.discover.detector_keys import CALLABLE, Context, Keys, short
from shipcheck.discover.rule import Callable
from shipcheck.discover.wildcards import MOST_DEEP
from shipcheck.model.document import Node, Scalar

_LONGEST = 200
_OF_NAMES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$*")
_OF_PACKAGES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.@~*")
_FORM = "write package.module.Name for Python, or package:Name for npm"


def callables_under(keys: Keys, name: str) -> tuple[Callable, ...]:
    """The callables under a key; those that are wrong are reported."""
    found = [read_callable(keys.context, item) for item in keys.items(name)]
    return tuple(callable_ for callable_ in found if callable_)


def read_callable(context: Context, node: Node) -> Callable | None:
    """A callable; None if it is wrong, which is reported."""
    text = node.text if isinstance(node, Scalar) else ""
    problem = _problem(text)
    if problem:
        context.report(
            node, CALLABLE, f"'{short(text)}' is not a callable: {problem}" if text else f"a callable is missing; {_FORM}"
        )
        return None
    return _callable(text)


def _callable(text: str) -> Callable:
    package, colon, path = text.rpartition(":")
    return Callable("npm" if colon else "pypi", package.removeprefix("node:"), tuple(path.split(".")))


def _problem(text: str) -> str:
    """Why a text is not a callable; empty if it is one."""
    package, colon, path = text.rpartition(":")
    names, folders = path.split("."), package.removeprefix("node:").split("/")
    if len(text) > _LONGEST:
        return f"it has more than {_LONGEST} characters"
    if not path or (colon and not package):
        return f"a part is empty; {_FORM}"
    for parts, letters in ((names, _OF_NAMES), (folders if colon else [], _OF_PACKAGES)):
        wrong = next((part for part in parts if not part or not letters.issuperset(part)), None)
        if wrong is not None:
            return f"'{short(wrong)}' cannot be a name; {_FORM}" if wrong else f"a name is empty; {_FORM}"
        if any("**" in part and part != "**" for part in parts):
            return "'**' is a name of its own; use '*' within one"
        if parts.count("**") > MOST_DEEP:
            return f"it has more than {MOST_DEEP} '**'"
    if all(set(name) == {"*"} for name in names) and (not colon or set(package) <= {"*", "/"}):
        return "it would match everything; name a package or a function"
    return ""
