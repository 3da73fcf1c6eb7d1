"""Catalogues of controls: the built-in ones, one file each, and those of a pack."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from shipcheck.english import did_you_mean, listed
from shipcheck.language.syntax.keys import ID, Keys
from shipcheck.model.control import Catalogue, Control
from shipcheck.model.document import Document, Scalar
from shipcheck.model.problem import Problem

CATALOGUE_KEYS = ("title", "source", "dated", "checked", "scope", "controls")
CONTROL_KEYS = ("title", "cites", "shows", "hides")
# The numbers of the controls, by the name of their catalogue.
Numbers = Mapping[str, Mapping[str, object]]
MOST_COMPARED = 300
MOST_SHOWN = 20
CONTROL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*/\S+")
_NUMBER = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_catalogue_file(document: Document, problems: list[Problem]) -> Catalogue:
    """A catalogue that is its own file and has its name under `catalogue`."""
    keys = Keys(document, document.root, document.file.path.rpartition("/")[2], problems)
    keys.allow(("catalogue", *CATALOGUE_KEYS))
    return _catalogue(keys, keys.text("catalogue", required=True))


def read_catalogues(head: Keys, taken: Iterable[str]) -> tuple[Catalogue, ...]:
    """The catalogues that a pack declares under `catalogues`; their names must not be among `taken`."""
    known, catalogues = set(taken), []
    for key, node in head.entries("catalogues"):
        if not ID.fullmatch(key.text):
            head.report(key, "P008", f"'{key.text}' is not a valid catalogue name; write one such as eu-ai-act")
        elif key.text in known:
            head.report(key, "P008", f"catalogue '{key.text}' is built in; use another name")
        keys = Keys(head.document, node, f"catalogue {key.text}", head.problems)
        keys.allow(CATALOGUE_KEYS)
        catalogues.append(_catalogue(keys, key.text))
    return tuple(catalogues)


def _catalogue(keys: Keys, name: str) -> Catalogue:
    return Catalogue(
        name=name,
        title=keys.text("title", required=True),
        source=keys.text("source", required=True),
        dated=_day(keys, "dated"),
        checked=_day(keys, "checked"),
        scope=keys.text("scope", required=True),
        controls=tuple(_controls(keys, name)),
    )


def _controls(keys: Keys, catalogue: str) -> Iterable[Control]:
    if not keys.entries("controls"):
        keys.report(keys.get("controls") or keys.node, "P008", f"{keys.what} has no controls; add one")
    for key, node in keys.entries("controls"):
        if not _NUMBER.fullmatch(key.text):
            keys.report(key, "P008", f"'{key.text}' is not a valid control number; write one such as art-14 or a.6.2.8")
        inner = Keys(keys.document, node, f"control {key.text}", keys.problems)
        inner.allow(CONTROL_KEYS)
        yield Control(
            name=f"{catalogue}/{key.text}",
            title=inner.text("title", required=True),
            cites=inner.text("cites", required=True),
            shows=inner.text("shows"),
            hides=inner.text("hides", required=True),
        )


def _day(keys: Keys, name: str) -> date:
    text = keys.text(name, required=True)
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        if text:
            keys.report(keys.get(name) or keys.node, "P008", f"'{text}' is not a date; write it as 2026-11-22")
        return date.min


def numbers_of(catalogues: Iterable[Catalogue]) -> Numbers:
    """The numbers of the controls, by the name of their catalogue."""
    return {one.name: dict.fromkeys(control.name.partition("/")[2] for control in one.controls) for one in catalogues}


def check_control(keys: Keys, item: Scalar, known: Numbers | None) -> None:
    """Report `item` if it is not a control; where `known` is None, only if it cannot be one."""
    name, _, number = item.text.partition("/")
    if not CONTROL.fullmatch(item.text):
        keys.report(item, "P008", f"'{item.text}' is not a valid control; write CATALOGUE/NUMBER, such as eu-ai-act/art-14")
    elif known is not None and name not in known:
        own = f"; the catalogues are {_some(known)}, and a pack can declare others under catalogues"
        keys.report(item, "P008", f"unknown catalogue '{name}'{_near(name, known) or own}")
    elif known is not None and number not in known[name]:
        hint = _near(number, known[name]) or f"; its controls are {_some(known[name])}"
        keys.report(item, "P008", f"unknown control '{number}' in catalogue '{name}'{hint}")


def _near(word: str, names: Mapping[str, object]) -> str:
    """A similar name; skipped for very many names, because it is slow."""
    return did_you_mean(word, names) if len(names) <= MOST_COMPARED else ""


def _some(names: Mapping[str, object]) -> str:
    shown = sorted(names)[:MOST_SHOWN]
    return listed(shown, "and") if len(shown) == len(names) else f"{', '.join(shown)} and {len(names) - len(shown)} more"
