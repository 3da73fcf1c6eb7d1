"""Checks of lists, records, maps and link items, composed from the checks of single values."""

from typing import Any

from shipcheck.english import did_you_mean, listed, nearest
from shipcheck.model.component import LinkItem, Mention
from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.validate.sheet import Sheet, described
from shipcheck.validate.values import (
    Check,
    check_date,
    check_text,
    check_yes_no,
    choice_check,
    number_check,
    reference_check,
)
from shipcheck.vocabulary.names import LABEL
from shipcheck.vocabulary.vocabulary import FieldSpec, LinkSpec, RecordSpec

_new: Any = tuple.__new__
_CHECK_GATE = reference_check(("gate",))


def field_check(spec: FieldSpec) -> Check:
    """The check for one field of the vocabulary."""
    one = _single_check(spec)
    return _list_check(one, unique=spec.type != "record") if spec.many else one


def _single_check(spec: FieldSpec) -> Check:
    if spec.record:
        return record_check(spec.record)
    if spec.choice:
        return choice_check(spec.choice)
    simple: dict[str, Check] = {"text": check_text, "yes_no": check_yes_no, "date": check_date, "map": _check_labels}
    if spec.type in simple:
        return simple[spec.type]
    if spec.type == "reference":
        return reference_check(spec.to)
    return number_check(whole=spec.type == "integer", minimum=spec.minimum, maximum=spec.maximum)


def _list_check(one: Check, *, unique: bool) -> Check:
    def check(node: Node, sheet: Sheet) -> tuple[object, ...] | None:
        if not isinstance(node, Sequence):
            _complain_shape(node, sheet, "a list", f"[{node.text or '...'}]" if isinstance(node, Scalar) else "[...]")
            return None
        values = [one(item, sheet) for item in node.items]
        if unique and len(values) > 1:
            _complain_twins(node, sheet)
        return None if None in values else tuple(values)

    return check


def _complain_twins(node: Sequence, sheet: Sheet) -> None:
    seen: dict[str, Node] = {}
    for item in node.items:
        if isinstance(item, Scalar):
            first = seen.setdefault(item.text, item)
            if first is not item:
                sheet.complain(item, "duplicate-item", f"'{item.text}' is in the list twice; keep one", first)


def record_check(spec: RecordSpec) -> Check:
    """The check for a group of fields."""
    checks = {name: field_check(field) for name, field in spec.declared.items()}

    def check(node: Node, sheet: Sheet) -> dict[str, object] | None:
        if not isinstance(node, Mapping):
            _complain_shape(node, sheet, "a map", "{" + ", ".join(f"{name}: ..." for name in checks) + "}")
            return None
        values: dict[str, object] = {}
        meant: set[str | None] = set()
        for key, value_node in node.entries:
            if key.text not in checks:
                meant.add(_complain_key(key, sheet, spec))
                continue
            value = checks[key.text](value_node, sheet)
            if value is not None:
                values[key.text] = value
        missing = [name for name in spec.required if node.find(name) is None]
        if not missing:
            return values
        if not meant.issuperset(missing):
            sheet.complain(node, "missing-key", f"missing {listed(missing, 'and')}; every {spec.name} needs it")
        return None

    return check


def _complain_key(key: Scalar, sheet: Sheet, spec: RecordSpec) -> str | None:
    """Report a key that the record does not have; the field that it probably means."""
    if key.text in spec.collected:
        sheet.complain(key, "collected-field", f"'{key.text}' is a fact and cannot be declared; delete it")
        return None
    meant = nearest(key.text, spec.declared, spec.synonyms)
    hint = f"; did you mean '{meant}'?" if meant else ""
    sheet.complain(key, "unknown-key", f"unknown field '{key.text}' in {spec.name}{hint}")
    return meant


def _check_labels(node: Node, sheet: Sheet) -> dict[str, object] | None:
    if not isinstance(node, Mapping):
        _complain_shape(node, sheet, "a map", "{label: text}")
        return None
    for key, value in node.entries:
        check_text(value, sheet)
        if not LABEL.fullmatch(key.text):
            sheet.complain(key, "bad-label", f"'{key.text}' is not a valid label; use letters, digits, '.', '_', '/' and '-'")
    return {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}


def link_check(spec: LinkSpec) -> Check:
    """The check for a link field: one reference, or a list of references and `{to, through}` items."""
    target = reference_check(spec.to)
    if spec.single:
        return _single_link_check(target)

    def check_item(node: Node, sheet: Sheet) -> LinkItem | None:
        if isinstance(node, Mapping):
            return _hop(node, sheet, spec, target)
        mention = target(node, sheet)
        if mention is None:
            return None
        item: LinkItem = _new(LinkItem, (mention, ()))
        return item

    return _list_check(check_item, unique=False)


def _single_link_check(target: Check) -> Check:
    def check(node: Node, sheet: Sheet) -> tuple[LinkItem, ...] | None:
        mention = target(node, sheet)
        return (LinkItem(mention, ()),) if isinstance(mention, Mention) else None

    return check


def _hop(node: Mapping, sheet: Sheet, spec: LinkSpec, target: Check) -> LinkItem | None:
    allowed = ("to", "through") if spec.through else ("to",)
    for key, _ in node.entries:
        if key.text == "through" and not spec.through:
            sheet.complain(key, "through-not-allowed", f"a {spec.name} hop cannot have gates; let the gate guard the action")
        elif key.text not in allowed:
            sheet.complain(key, "unknown-key", f"unknown key '{key.text}' in a {spec.name} item{did_you_mean(key.text, allowed)}")
    to = node.find("to")
    if to is None:
        sheet.complain(node, "missing-key", f"missing 'to'; a {spec.name} item is a name or {{to: name}}")
        return None
    mention = target(to[1], sheet)
    gates = node.find("through")
    through = _check_through(gates[1], sheet) if gates and spec.through else ()
    if not isinstance(mention, Mention) or through is None:
        return None
    return LinkItem(mention, through)


def _check_through(node: Node, sheet: Sheet) -> tuple[Mention, ...] | None:
    gates = _list_check(_CHECK_GATE, unique=True)(node, sheet)
    return gates if gates is None else tuple(gates)


def _complain_shape(node: Node, sheet: Sheet, wanted: str, example: str) -> None:
    if isinstance(node, Scalar) and node.plain and not node.text:
        sheet.complain(node, "missing-value", f"missing value; write {wanted} such as {example}, or remove the field")
    else:
        sheet.complain(node, "wrong-type", f"expected {wanted}, found {described(node)}; write {example}")
