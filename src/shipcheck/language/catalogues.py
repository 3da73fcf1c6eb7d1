"""Catalogues of controls: those that the tool brings, one file each, and those of a pack."""

import re
from collections.abc import Iterable
from datetime import date

from shipcheck.language.fields import ID, Fields
from shipcheck.model.control import Catalogue, Control
from shipcheck.model.document import Document, Scalar
from shipcheck.model.problem import Problem
from shipcheck.wording import did_you_mean, listed

CATALOGUE_KEYS = ("title", "source", "dated", "checked", "scope", "controls")
CONTROL_KEYS = ("title", "cites", "shows", "hides")
CONTROL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*/\S+")
_NUMBER = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_catalogue_file(document: Document, problems: list[Problem]) -> Catalogue:
    """A catalogue that is a file of its own and says its name under `catalogue`."""
    fields = Fields(document, document.root, document.file.path.rpartition("/")[2], problems)
    fields.allow(("catalogue", *CATALOGUE_KEYS))
    return _catalogue(fields, fields.text("catalogue", required=True))


def read_catalogues(head: Fields, taken: Iterable[str]) -> tuple[Catalogue, ...]:
    """The catalogues that a pack brings under `catalogues`; their names are not those of `taken`."""
    known, found = set(taken), []
    for key, node in head.entries("catalogues"):
        if not ID.fullmatch(key.text):
            head.complain(key, "P008", f"'{key.text}' is not a catalogue's name; write it like eu-ai-act")
        elif key.text in known:
            head.complain(key, "P008", f"catalogue '{key.text}' comes with shipcheck; give yours another name")
        fields = Fields(head.document, node, f"catalogue {key.text}", head.problems)
        fields.allow(CATALOGUE_KEYS)
        found.append(_catalogue(fields, key.text))
    return tuple(found)


def _catalogue(fields: Fields, name: str) -> Catalogue:
    return Catalogue(
        name=name,
        title=fields.text("title", required=True),
        source=fields.text("source", required=True),
        dated=_day(fields, "dated"),
        checked=_day(fields, "checked"),
        scope=fields.text("scope", required=True),
        controls=tuple(_controls(fields, name)),
    )


def _controls(fields: Fields, catalogue: str) -> Iterable[Control]:
    if not fields.entries("controls"):
        fields.complain(fields.get("controls") or fields.node, "P008", f"{fields.what} has no controls; write one")
    for key, node in fields.entries("controls"):
        if not _NUMBER.fullmatch(key.text):
            fields.complain(key, "P008", f"'{key.text}' is not a control's number; write it like art-14 or a.6.2.8")
        inner = Fields(fields.document, node, f"control {key.text}", fields.problems)
        inner.allow(CONTROL_KEYS)
        yield Control(
            name=f"{catalogue}/{key.text}",
            title=inner.text("title", required=True),
            cites=inner.text("cites", required=True),
            shows=inner.text("shows"),
            hides=inner.text("hides", required=True),
        )


def _day(fields: Fields, name: str) -> date:
    text = fields.text(name, required=True)
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        if text:
            fields.complain(fields.get(name) or fields.node, "P008", f"'{text}' is not a day; write it as 2026-11-22")
        return date.min


def check_control(fields: Fields, item: Scalar, catalogues: Iterable[Catalogue] | None) -> None:
    """Complain about what is not a control; without catalogues, only about what cannot be one."""
    text = item.text
    if not CONTROL.fullmatch(text):
        fields.complain(item, "P008", f"'{text}' is not a control; write CATALOGUE/NUMBER, such as eu-ai-act/art-14")
        return
    if catalogues is None:
        return
    name, _, number = text.partition("/")
    known = {one.name: [control.name.partition("/")[2] for control in one.controls] for one in catalogues}
    if name not in known:
        own = f"; the catalogues are {listed(sorted(known), 'and')}, and a pack declares others under catalogues"
        fields.complain(item, "P008", f"there is no catalogue '{name}'{did_you_mean(name, known) or own}")
    elif number not in known[name]:
        hint = did_you_mean(number, known[name]) or f"; it has {listed(known[name], 'and')}"
        fields.complain(item, "P008", f"catalogue '{name}' has no control '{number}'{hint}")
