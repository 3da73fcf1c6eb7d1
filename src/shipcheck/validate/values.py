"""Checks of single values. The field decides the type; YAML's own guess is never used.

Each check returns the typed value, or None after reporting a problem.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from shipcheck.english import article, did_you_mean, listed
from shipcheck.model.component import Mention
from shipcheck.model.document import Node, Scalar
from shipcheck.model.scalars import AMBIGUOUS, INTEGER, LARGEST, NUMBER
from shipcheck.validate.examples import single
from shipcheck.validate.sheet import Sheet, described
from shipcheck.vocabulary.names import PATH, path_problem, reference_pattern, reference_problem
from shipcheck.vocabulary.vocabulary import Choice

Check = Callable[[Node, Sheet], Any]
# NamedTuple's own constructor is a Python call, and references are half of all values.
_new: Any = tuple.__new__

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VISIBLE = re.compile(r"\S")


def _is_mark(node: Node, sheet: Sheet, mark: str, advice: str) -> bool:
    """Whether the node is the mark that a fix puts where a person has to decide; if so, it is reported."""
    if not (isinstance(node, Scalar) and node.text == mark):
        return False
    sheet.complain(node, "placeholder", f"'{mark}' is a placeholder; write {advice}")
    return True


def _scalar(node: Node, sheet: Sheet, wanted: str) -> Scalar | None:
    """The node, if it is a scalar with a value."""
    if isinstance(node, Scalar):
        if node.text or not node.plain:
            return node
        comment = sheet.comment_at(node) if wanted == "text" else ""
        sheet.complain_missing(node, wanted, f'"{comment}"' if comment and '"' not in comment else "")
        return None
    advice = f"; write {value}" if (value := single(node)) else ""
    sheet.complain(node, "wrong-type", f"expected {wanted}, found {described(node)}{advice}")
    return None


def check_text(node: Node, sheet: Sheet) -> str | None:
    """Text that is not blank; plain text that some YAML version reads as another type must be quoted."""
    scalar = _scalar(node, sheet, "text")
    if scalar is None:
        return None
    text = scalar.text
    if scalar.plain and AMBIGUOUS.fullmatch(text):
        sheet.complain(node, "ambiguous-text", f"'{text}' can be read as something other than text; quote it: \"{text}\"")
        return None
    if not _VISIBLE.search(text):
        sheet.complain(node, "blank-text", "the text is blank; write a text, or remove the field")
        return None
    return text


def check_field(node: Node, sheet: Sheet) -> str | None:
    """Text that is not blank, and not the mark that a fix puts where a person has to write it."""
    text = check_text(node, sheet)
    if text is not None and text == sheet.field.upper():
        sheet.complain(node, "placeholder", f"'{text}' is a placeholder; write the value of '{sheet.field}', or remove the field")
        return None
    return text


def check_path(node: Node, sheet: Sheet) -> str | None:
    """A path from the root of the repository, as git lists it."""
    text = check_field(node, sheet)
    if text is None or PATH.fullmatch(text):
        return text
    sheet.complain(node, "bad-path", path_problem(text))
    return None


def check_yes_no(node: Node, sheet: Sheet) -> bool | None:
    """Exactly `true` or `false`, unquoted."""
    scalar = _scalar(node, sheet, "true or false")
    if scalar is None:
        return None
    if scalar.plain and scalar.text in {"true", "false"}:
        return scalar.text == "true"
    meant = {
        "yes": "true",
        "y": "true",
        "on": "true",
        "true": "true",
        "no": "false",
        "n": "false",
        "off": "false",
        "false": "false",
    }
    if _is_mark(node, sheet, "true | false", "true or false"):
        return None
    hint = meant.get(scalar.text.lower(), "true or false")
    sheet.complain(node, "not-yes-no", f"{described(node)} is not true or false; write {hint}{unquoted(scalar)}")
    return None


def check_date(node: Node, sheet: Sheet) -> date | None:
    """A calendar date as plain YYYY-MM-DD."""
    scalar = _scalar(node, sheet, "a date such as 2026-09-14")
    if scalar is None:
        return None
    if scalar.plain and _DATE.fullmatch(scalar.text):
        try:
            return date.fromisoformat(scalar.text)
        except ValueError:
            sheet.complain(node, "no-such-day", f"{scalar.text} is not a date in the calendar")
            return None
    if _is_mark(node, sheet, "YYYY-MM-DD", "a date such as 2026-09-14"):
        return None
    sheet.complain(node, "not-a-date", f"{described(node)} is not a date; write YYYY-MM-DD{unquoted(scalar)}")
    return None


def number_check(*, whole: bool, minimum: int | None, maximum: int | None) -> Check:
    """A check for a plain decimal number from `minimum` to `maximum`, both included; None means `LARGEST`."""
    wanted = "a whole number" if whole else "a number"
    pattern = INTEGER if whole else NUMBER
    low = -LARGEST if minimum is None else minimum
    high = LARGEST if maximum is None else maximum
    span = "" if minimum is None or maximum is None else f" from {low} to {high}"

    def check(node: Node, sheet: Sheet) -> int | float | None:
        scalar = _scalar(node, sheet, wanted)
        if scalar is None:
            return None
        if not (scalar.plain and pattern.fullmatch(scalar.text)):
            if _is_mark(node, sheet, "NUMBER", f"{wanted}{span}"):
                return None
            message = f"{described(node)} is not {wanted}{span}; write plain decimal digits{unquoted(scalar)}"
            sheet.complain(node, "not-a-number", message)
            return None
        value = int(scalar.text) if INTEGER.fullmatch(scalar.text) else float(scalar.text)
        if not low <= value <= high:
            sheet.complain(node, "out-of-range", f"{scalar.text} is out of range; write {wanted} from {low} to {high}")
            return None
        return value

    return check


def choice_check(choice: Choice) -> Check:
    """A check for one word of a list."""
    wanted = listed(choice.words)
    words = frozenset(choice.words)

    def check(node: Node, sheet: Sheet) -> str | None:
        if type(node) is Scalar and node.text in words:
            return node.text
        scalar = _scalar(node, sheet, f"one of {wanted}")
        if scalar is not None and not _is_mark(node, sheet, " | ".join(choice.words), f"one of {wanted}"):
            hint = did_you_mean(scalar.text, choice.words, choice.synonyms)
            sheet.complain(node, "unknown-word", f"{described(node)} is not one of {wanted}{hint}")
        return None

    return check


def reference_check(kinds: tuple[str, ...]) -> Check:
    """A check for a reference to one of these kinds; whether it exists is decided when linking."""
    pattern: re.Pattern[str] | None = None
    known: set[str] = set()
    wanted = f"the name of {listed([article(kind) for kind in kinds])}"

    def is_reference(text: str) -> bool:
        nonlocal pattern
        # Few manifests name every kind, and compiling takes longer than matching.
        pattern = pattern or re.compile(reference_pattern(kinds))
        return pattern.fullmatch(text) is not None

    def check(node: Node, sheet: Sheet) -> Mention | None:
        if type(node) is Scalar and (node.text in known or is_reference(node.text)):
            known.add(node.text)
            mention: Mention = _new(Mention, (node.text, node))
            return mention
        scalar = _scalar(node, sheet, wanted)
        if scalar is not None and not _is_mark(node, sheet, kinds[0].upper(), wanted):
            _complain_reference(scalar, sheet, kinds, wanted)
        return None

    return check


def _complain_reference(node: Scalar, sheet: Sheet, kinds: tuple[str, ...], wanted: str) -> None:
    prefix, colon, _ = node.text.partition(":")
    if colon and prefix not in kinds:
        sheet.complain(
            node, "wrong-kind", f"'{node.text}' is not {wanted}; use the prefix {listed([kind + ':' for kind in kinds])} or none"
        )
    else:
        sheet.complain(node, "bad-reference", f"'{node.text}' is not {wanted}: {reference_problem(node.text)}")


def unquoted(scalar: Scalar) -> str:
    """What to add to a hint if quotes are the mistake."""
    return "" if scalar.plain else " without quotes"
