"""The fields that a pack adds, compared between two versions of it or two revisions."""

from collections.abc import Iterator
from typing import NamedTuple

from shipcheck.model.pack_field import PackField
from shipcheck.model.policy import Pack

_UNSET = "not declared"
_LEAST, _MOST = float("-inf"), float("inf")


class FieldChanged(NamedTuple):
    """What is different about one field: what was changed, from what and to what, and whether it is looser or takes less.

    `field` is the field as it is now, or as it was where it is gone.
    """

    field: PackField
    what: str
    before: str
    after: str
    loosens: bool

    def text(self, pack: str) -> str:
        """The change in words, up to the version or revision that it was otherwise in."""
        name = f"field {pack}.{self.field.path}"
        if not self.what:
            return f"{name} is {'removed' if self.after == _UNSET else 'added'}"
        return f"{self.what} of {name} is {self.after}, was {self.before}"


def fields_changed(before: Pack, after: Pack) -> Iterator[FieldChanged]:
    """Every difference that decides how the fields are read and judged; texts are not compared."""
    old, new = ({field.path: field for field in pack.fields} for pack in (before, after))
    for path in dict.fromkeys([*old, *new]):
        if path not in new:
            yield FieldChanged(old[path], "", "declared", _UNSET, loosens=True)
        elif path not in old:
            yield FieldChanged(new[path], "", _UNSET, "declared", loosens=False)
        else:
            yield from _changes(old[path], new[path])


def _changes(old: PackField, new: PackField) -> Iterator[FieldChanged]:
    """Manifests that were right can be wrong after a change that takes less; one that loosens lets them get away with more."""
    types, others = (_type(field) for field in (old, new))
    if types != others:
        yield FieldChanged(new, "type", types, others, loosens=True)
        return
    words, more = ([word for word, _ in field.words] for field in (old, new))
    if words != more:
        kept = [word for word in more if word in words]
        yield FieldChanged(new, "words", _listed(words), _listed(more), loosens=kept != words)
    if set(old.to) != set(new.to):
        yield FieldChanged(new, "to", _listed(old.to), _listed(new.to), loosens=not set(old.to) <= set(new.to))
    for what, least, was, now in (("minimum", True, old.minimum, new.minimum), ("maximum", False, old.maximum, new.maximum)):
        if was != now:
            yield FieldChanged(new, what, _shown(was), _shown(now), loosens=_is_narrower(was, now, least=least))
    if old.weaker != new.weaker:
        yield FieldChanged(new, "weaker", old.weaker, new.weaker, loosens=old.weaker != "none")
    if (old.absent, old.default) != (new.absent, new.default):
        yield FieldChanged(new, "absent", _absence(old), _absence(new), loosens=_counts_for_more(old, new))


def _is_narrower(was: int | None, now: int | None, *, least: bool) -> bool:
    """Whether fewer values are possible after a bound has changed."""
    if least:
        return (_LEAST if now is None else now) > (_LEAST if was is None else was)
    return (_MOST if now is None else now) < (_MOST if was is None else was)


def _counts_for_more(old: PackField, new: PackField) -> bool:
    """Whether a component that does not write the field counts as better than before."""
    if new.absent == "unknown":
        return False
    if new.absent == "none":
        return old.absent == "unknown"
    if old.absent != "default":
        return True
    before, after = _rank(old, old.default), _rank(new, new.default)
    if new.weaker == "lower":
        return after > before
    return after < before if new.weaker == "higher" else True


def _rank(field: PackField, value: object) -> float:
    words = [word for word, _ in field.words]
    if isinstance(value, str):
        return words.index(value) if value in words else _LEAST
    return float(value) if isinstance(value, int | float) else _LEAST


def _type(field: PackField) -> str:
    ordered = "ordered " if field.ordered else ""
    return f"{'list of ' if field.many else ''}{ordered}{field.type}"


def _absence(field: PackField) -> str:
    return _shown(field.default) if field.absent == "default" else field.absent


def _shown(value: object) -> str:
    if value is None:
        return _UNSET
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(words: list[str] | tuple[str, ...]) -> str:
    return f"[{', '.join(words)}]"
