"""One edit of what is declared: its place, and its values as text, by which a consent names it."""

from hashlib import sha256
from json import dumps
from typing import Any, NamedTuple

GOVERNANCE = ".shipcheck/"
CODE_OWNERS = "CODEOWNERS"
MOST_SHOWN = 400
_UNSAFE = frozenset(",[]{}\"'\\")


class Edit(NamedTuple):
    """One edit, named exactly: of a field, link or key, from one value to another, each as text; None is for absent.

    `where` is the reference of a component, by its name in the base, or the path of a file. An empty `field` is the whole
    component, which is then absent on one side.
    """

    where: str
    field: str
    before: str | None
    after: str | None

    @property
    def is_of_file(self) -> bool:
        """Whether it is of a file of governance, not of a component."""
        return self.where.startswith(GOVERNANCE) or self.where.rpartition("/")[2] == CODE_OWNERS

    @property
    def names(self) -> str:
        """The edit, for display."""
        if not self.field:
            return f"{self.where}, {'new' if self.before is None else 'removed'}"
        return f"{self.field} of {self.where} from {_or_absent(self.before)} to {_or_absent(self.after)}"


def value_text(value: Any) -> str | None:
    """A value as a consent writes it, None where there is none; very long ones by their digest."""
    if value is None:
        return None
    text = _text(value)
    if len(text) > MOST_SHOWN or not text.isprintable() or not text.strip():
        return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_item, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_item(name)}: {_item(inner)}' for name, inner in value.items())}}}"
    return str(value)


def _item(value: Any) -> str:
    """A value in a list or map, in quotes where its end would not be seen."""
    text = _text(value)
    return dumps(text) if isinstance(value, str) and (_UNSAFE.intersection(text) or text != text.strip()) else text


def _or_absent(text: str | None) -> str:
    return "absent" if text is None else text
