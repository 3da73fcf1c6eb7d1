"""The waivers document to waivers.

A baseline has thousands of them, for which a JSON Schema takes seconds, so the shape is checked here. schemas/waivers.schema.json
states the same for editors, and a test verifies that the two agree.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from shipcheck.english import did_you_mean, keys_missing, listed
from shipcheck.model.component import DEFAULT_NAMESPACE, Reference
from shipcheck.model.consent import Consent
from shipcheck.model.document import Document, Mapping, Node, Scalar, Sequence
from shipcheck.model.edit import Edit
from shipcheck.model.location import Location
from shipcheck.model.policy import Severity
from shipcheck.model.problem import MAX_PROBLEMS, Problem
from shipcheck.model.scalars import AMBIGUOUS
from shipcheck.model.waiver import Terms, Waiver

SHAPE = "waivers-shape"
WAIVERS, BASELINE, FINDINGS, CONSENTS = "waivers", "baseline", "findings", "consents"
COMPONENT, FILE, FIELD, FROM, TO = "component", "file", "field", "from", "to"
# The policies about changes, whose findings a consent covers and no waiver does.
CHANGES = "core/change-"
MOST_TEXT = 2000
_LIMITS = {"error": Severity.ERROR, "warning": Severity.WARNING}
_POLICY = re.compile(r"[a-z][a-z0-9/-]*/[a-z][a-z0-9-]*")
_NAME = r"[a-z](?:[a-z0-9-]*[a-z0-9])?"
_TEAM = re.compile(rf"(?:team:)?(?:({_NAME})/)?({_NAME})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FINDING = ("policy", "subject", "target", "members", "up_to")
_TERMS = ("reason", "owner", "approver", "until")
_OPTIONAL = frozenset({"target", "members"})
_EDIT = (COMPONENT, FILE, FIELD, FROM, TO)
_COMPONENT = re.compile(rf"([a-z_]+):(?:({_NAME})/)?({_NAME})")
_FILE = re.compile(r"\.shipcheck/[^\x00-\x1f]+|(\.github/|\.gitlab/|docs/)?CODEOWNERS")
_FIELD = re.compile(r"[^\s\x00-\x1f]+(?: [^\s\x00-\x1f]+)*")
_Value = TypeVar("_Value")


class Wrong(NamedTuple):
    """The problem with one value."""

    message: str


def read_waivers(document: Document) -> tuple[Waiver | Consent, ...] | tuple[Problem, ...]:
    """Every waiver, then every consent, in the order written; or every reason why the file is not valid."""
    reader = _Reader(document)
    entries = reader.read()
    return tuple(reader.problems[:MAX_PROBLEMS]) if reader.problems else entries


def team_named(text: str) -> str | None:
    """The reference of a team by its name, whose kind and default namespace may be omitted; None if the name is not valid."""
    match = _TEAM.fullmatch(text)
    return str(Reference("team", match[1] or DEFAULT_NAMESPACE, match[2])) if match else None


class _Reader:
    """Reads a document, collecting problems on the way."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def read(self) -> tuple[Waiver | Consent, ...]:
        keys = (WAIVERS, BASELINE, CONSENTS)
        entries = self._map(self._document.root, ("shipcheck", *keys), frozenset(keys))
        if "shipcheck" in entries:
            self._value(entries["shipcheck"], _version)
        waivers = [self._waiver(item) for item in self._list(entries.get(WAIVERS))]
        if BASELINE in entries:
            waivers += self._baseline(entries[BASELINE])
        consents = [self._consent(item) for item in self._list(entries.get(CONSENTS))]
        distinct = self._distinct([waiver for waiver in waivers if waiver is not None])
        return (*distinct, *self._different([consent for consent in consents if consent is not None]))

    def _consent(self, item: Node) -> Consent | None:
        entries = self._map(item, (*_EDIT, *_TERMS), frozenset(_EDIT))
        terms, field = self._terms(entries), self._of(entries, FIELD, _field)
        component, file = self._of(entries, COMPONENT, _component), self._of(entries, FILE, _file)
        before, after = self._of(entries, FROM, _text), self._of(entries, TO, _text)
        if wrong := _wrong_edit(entries):
            self._wrong(item, wrong)
        elif terms is not None and (where := component or file):
            return Consent(Edit(where, field or "", before, after), terms, self._place(item))
        return None

    def _different(self, consents: list[Consent]) -> tuple[Consent, ...]:
        first: dict[Edit, Consent] = {}
        for consent in consents:
            earlier = first.setdefault(consent.edit, consent)
            if earlier is not consent:
                related = ((earlier.location, "first given here"),)
                self.problems.append(Problem(consent.location, SHAPE, "the same edit is consented to twice; keep one", related))
        return tuple(consents)

    def _baseline(self, node: Node) -> list[Waiver | None]:
        entries = self._map(node, (*_TERMS, FINDINGS))
        terms = self._terms(entries)
        return [self._finding(item, self._map(item, _FINDING), terms) for item in self._list(entries.get(FINDINGS))]

    def _waiver(self, item: Node) -> Waiver | None:
        entries = self._map(item, (*_FINDING, *_TERMS))
        return self._finding(item, entries, self._terms(entries), baseline=False)

    def _finding(self, item: Node, entries: dict[str, Node], terms: Terms | None, *, baseline: bool = True) -> Waiver | None:
        policy, up_to = self._of(entries, "policy", _policy), self._of(entries, "up_to", _limit)
        subject, target = self._of(entries, "subject", _text), self._of(entries, "target", _text)
        members = self._members(entries.get("members"))
        if policy is None or subject is None or up_to is None or terms is None:
            return None
        return Waiver(policy, subject, target, members, up_to, terms, baseline, self._place(item))

    def _members(self, node: Node | None) -> tuple[str, ...]:
        members: dict[str, Node] = {}
        for item in self._list(node):
            member = self._value(item, _text)
            if member is not None and members.setdefault(member, item) is not item:
                self._wrong(item, "an item is in the list twice; keep one")
        return tuple(members)

    def _terms(self, entries: dict[str, Node]) -> Terms | None:
        reason, until = self._of(entries, "reason", _reason), self._of(entries, "until", _day)
        owner, approver = self._of(entries, "owner", _team), self._of(entries, "approver", _team)
        if reason is None or owner is None or approver is None or until is None:
            return None
        if owner == approver:
            self._wrong(entries["approver"], f"{owner} cannot approve its own waiver; name another team as approver")
        return Terms(reason, owner, approver, until, *(self._place(entries[key]) for key in ("owner", "approver", "until")))

    def _distinct(self, waivers: list[Waiver]) -> tuple[Waiver, ...]:
        first: dict[str, Waiver] = {}
        for waiver in waivers:
            earlier = first.setdefault(waiver.fingerprint, waiver)
            if earlier is not waiver:
                message = f"{waiver.names} is waived twice; keep one"
                self.problems.append(Problem(waiver.location, SHAPE, message, ((earlier.location, "first given here"),)))
        return tuple(waivers)

    @property
    def _is_full(self) -> bool:
        """Whether there are enough problems: searching for near names takes time that a hostile file must not get."""
        return len(self.problems) >= MAX_PROBLEMS

    def _map(self, node: Node, keys: tuple[str, ...], optional: frozenset[str] = _OPTIONAL) -> dict[str, Node]:
        if self._is_full:
            return {}
        if not isinstance(node, Mapping):
            self._wrong(node, f"expected a map; its keys are {listed(keys, 'and')}")
            return {}
        entries = {key.text: value for key, value in node.entries}
        for key, _ in node.entries:
            if key.text not in keys and not self._is_full:
                hint = did_you_mean(key.text, keys) or f"; the keys are {listed(keys, 'and')}"
                self._wrong(key, f"unknown key '{key.text}'{hint}")
        lacking = [key for key in keys if key not in entries and key not in optional]
        if lacking:
            self._wrong(node, keys_missing(lacking))
        return entries

    def _list(self, node: Node | None) -> tuple[Node, ...]:
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self._wrong(node, "expected a list; write each item after '- ' on its own line, or remove the key")
            return ()
        if not node.items:
            self._wrong(node, "the list is empty; add an item, or remove the key")
        return node.items

    def _of(self, entries: dict[str, Node], key: str, convert: Callable[[Scalar], _Value | Wrong]) -> _Value | None:
        node = entries.get(key)
        return None if node is None else self._value(node, convert)

    def _value(self, node: Node, convert: Callable[[Scalar], _Value | Wrong]) -> _Value | None:
        if not isinstance(node, Scalar):
            self._wrong(node, "expected one value, not a list or a map")
            return None
        value = convert(node)
        if isinstance(value, Wrong):
            self._wrong(node, value.message)
            return None
        return value

    def _wrong(self, node: Node, message: str) -> None:
        if not self._is_full:
            self.problems.append(Problem(self._place(node), SHAPE, message))

    def _place(self, node: Node) -> Location:
        return self._document.locate(node)


def _version(node: Scalar) -> str | Wrong:
    if node.plain and node.text == "1":
        return node.text
    return Wrong(f"unknown version '{_short(node.text)}'; write 1")


def _text(node: Scalar) -> str | Wrong:
    text = node.text
    if not text.strip():
        return Wrong("the text is empty; write a text")
    if len(text) > MOST_TEXT:
        return Wrong(f"the text is longer than {MOST_TEXT} characters; shorten it")
    if node.plain and AMBIGUOUS.fullmatch(text):
        return Wrong(f"'{_short(text)}' can be read as something other than text; quote it")
    return text


def _reason(node: Scalar) -> str | Wrong:
    """A text, but not the mark that a printed consent has in its place."""
    return Wrong("'...' is a placeholder; write the reason") if node.text == "..." else _text(node)


def _policy(node: Scalar) -> str | Wrong:
    text = _text(node)
    if not isinstance(text, Wrong) and text.startswith(CHANGES):
        return Wrong(
            f"{_short(text)} is about changes, which a waiver cannot cover; remove this, and write a consent to the edit, which "
            "the fix of the finding shows"
        )
    if isinstance(text, Wrong) or _POLICY.fullmatch(text):
        return text
    return Wrong(f"'{_short(text)}' is not a valid policy name; write its full name, such as core/owner-missing")


def _component(node: Scalar) -> str | Wrong:
    text = _text(node)
    if isinstance(text, Wrong):
        return text
    if match := _COMPONENT.fullmatch(text):
        return str(Reference(match[1], match[2] or DEFAULT_NAMESPACE, match[3]))
    return Wrong(f"'{_short(text)}' is not the reference of a component; write it as reports do, such as gate:supervisor")


def _file(node: Scalar) -> str | Wrong:
    text = _text(node)
    if isinstance(text, Wrong) or _FILE.fullmatch(text):
        return text
    return Wrong(f"'{_short(text)}' is not a file of governance; write its path, such as .shipcheck/settings.yaml")


def _field(node: Scalar) -> str | Wrong:
    text = _text(node)
    if isinstance(text, Wrong) or _FIELD.fullmatch(text):
        return text
    return Wrong(f"'{_short(text)}' is not the path of a field or key; write it as reports do, such as decision.result")


def _wrong_edit(entries: dict[str, Node]) -> str:
    """Why the keys of a consent name no edit; empty if they do."""
    if (COMPONENT in entries) == (FILE in entries):
        return f"a consent has exactly one of {COMPONENT} and {FILE}"
    sides = (FROM in entries) + (TO in entries)
    if not sides:
        return f"a consent has {FROM}, {TO} or both; the one that is left out means that the value is absent"
    if FIELD not in entries and FILE in entries:
        return f"a consent for a {FILE} has a {FIELD}"
    if FIELD not in entries and sides > 1:
        return f"a consent without {FIELD} is for a whole component, which has only {FROM} if it is removed and {TO} if it is new"
    return ""


def _limit(node: Scalar) -> Severity | Wrong:
    limit = _LIMITS.get(node.text)
    return limit or Wrong(f"'{_short(node.text)}' is not one of {listed(list(_LIMITS))}{did_you_mean(node.text, _LIMITS)}")


def _team(node: Scalar) -> str | Wrong:
    text = _text(node)
    if isinstance(text, Wrong):
        return text
    if text == "TEAM":
        return Wrong("'TEAM' is a placeholder; write the name of a team")
    return team_named(text) or Wrong(f"'{_short(text)}' is not a valid team name; write it as in manifests, such as platform")


def _day(node: Scalar) -> date | Wrong:
    try:
        return date.fromisoformat(node.text) if _DAY.fullmatch(node.text) else Wrong(_no_day(node))
    except ValueError:
        return Wrong(_no_day(node))


def _no_day(node: Scalar) -> str:
    if node.text == "YYYY-MM-DD":
        return "'YYYY-MM-DD' is a placeholder; write a date such as 2027-01-31"
    return f"'{_short(node.text)}' is not a date; write it as 2027-01-31"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."
