"""Checks of lists, records, maps and link items, composed from the checks of single values."""

from functools import partial
from typing import Any

from shipcheck.english import did_you_mean, listed, nearest
from shipcheck.model.component import LinkItem, Mention
from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.model.flow_yaml import written
from shipcheck.model.rounds import RoundSpec
from shipcheck.validate.examples import Example, list_of
from shipcheck.validate.sheet import Sheet, described
from shipcheck.validate.values import (
    Check,
    check_date,
    check_field,
    check_path,
    check_text,
    check_yes_no,
    choice_check,
    number_check,
    reference_check,
)
from shipcheck.vocabulary.names import LABEL, plain_path
from shipcheck.vocabulary.vocabulary import FieldSpec, LinkSpec, RecordSpec

_new: Any = tuple.__new__


def field_check(spec: FieldSpec) -> Check:
    """The check for one field of the vocabulary."""
    one = _single_check(spec)
    if spec.rounds:
        return _rounds_check(one, spec.rounds)
    if not spec.many:
        return one
    example = partial(record_example, spec.record) if spec.record else written
    return _list_check(one, example, unique=spec.type != "record", of_maps=spec.record is not None)


def _single_check(spec: FieldSpec) -> Check:
    if spec.record:
        return record_check(spec.record)
    if spec.choice:
        return choice_check(spec.choice)
    if spec.path:
        return check_path
    simple: dict[str, Check] = {"text": check_field, "yes_no": check_yes_no, "date": check_date, "map": _check_labels}
    if spec.type in simple:
        return simple[spec.type]
    if spec.type == "reference":
        return reference_check(spec.to)
    return number_check(whole=spec.type == "integer", minimum=spec.minimum, maximum=spec.maximum)


def _list_check(one: Check, example: Example, *, unique: bool, of_maps: bool) -> Check:
    def check(node: Node, sheet: Sheet) -> tuple[object, ...] | None:
        if not isinstance(node, Sequence):
            _complain_shape(node, sheet, "a list", list_of(node, example, of_maps=of_maps))
            return None
        values = [one(item, sheet) for item in node.items]
        if unique and len(values) > 1:
            _complain_twins(node, sheet)
        return None if None in values else tuple(values)

    return check


def _rounds_check(one: Check, rounds: RoundSpec) -> Check:
    """The check for a record, or a list with a record for each round."""

    def check(node: Node, sheet: Sheet) -> object:
        if not isinstance(node, Sequence):
            return one(node, sheet)
        values = [one(item, sheet) for item in node.items]
        if not values:
            sheet.complain(node, "empty-list", "the list has no round; write one, or delete the field")
        dates: dict[object, Node] = {}
        for item, value in zip(node.items, values, strict=True):
            day = value.get(rounds.by) if isinstance(value, dict) else None
            first = dates.setdefault(day, item)
            if day is not None and first is not item:
                message = f"two rounds have the date {day}; the latest counts, so give each its own"
                sheet.complain(item, "duplicate-round", message, first)
        return None if None in values or not values else tuple(values)

    return check


_CHECK_GATES = _list_check(reference_check(("gate",)), written, unique=True, of_maps=False)


def _complain_twins(node: Sequence, sheet: Sheet) -> None:
    seen: dict[str, Node] = {}
    for item in node.items:
        if isinstance(item, Scalar):
            first = seen.setdefault(item.text, item)
            if first is not item:
                sheet.complain(item, "duplicate-item", f"'{item.text}' is in the list twice; keep one", first)


def record_example(spec: RecordSpec, node: Node) -> str:
    """The record that was meant: a map in brackets, or a value without the name of its field, which is the first one."""
    if isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    if isinstance(node, Mapping):
        return written(node)
    first, *others = spec.declared
    if isinstance(node, Scalar) and node.text and spec.declared[first].record is None:
        node = node._replace(text=plain_path(node.text) or node.text) if spec.declared[first].path else node
        rest = [name for name in others if not spec.required or name in spec.required]
        return "{" + ", ".join((f"{first}: {written(node)}", *(f"{name}: ..." for name in rest))) + "}"
    return "{" + ", ".join(f"{name}: ..." for name in spec.declared) + "}"


def record_check(spec: RecordSpec) -> Check:
    """The check for a group of fields."""
    checks = {name: field_check(field) for name, field in spec.declared.items()}

    def check(node: Node, sheet: Sheet) -> dict[str, object] | None:
        if not isinstance(node, Mapping):
            _complain_shape(node, sheet, "a map", record_example(spec, node))
            return None
        values: dict[str, object] = {}
        meant: set[str | None] = set()
        for key, value_node in node.entries:
            if key.text not in checks:
                meant.add(_complain_key(key, sheet, spec))
                continue
            sheet.field = key.text
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
        sheet.field = key.text
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

    return _list_check(check_item, written, unique=False, of_maps=False)


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
    sheet.field = "to"
    mention = target(to[1], sheet)
    sheet.field = "through"
    gates = node.find("through")
    through = _check_through(gates[1], sheet) if gates and spec.through else ()
    if not isinstance(mention, Mention) or through is None:
        return None
    return LinkItem(mention, through)


def _check_through(node: Node, sheet: Sheet) -> tuple[Mention, ...] | None:
    gates = _CHECK_GATES(node, sheet)
    return gates if gates is None else tuple(gates)


def _complain_shape(node: Node, sheet: Sheet, wanted: str, example: str) -> None:
    if isinstance(node, Scalar) and node.plain and not node.text:
        sheet.complain_missing(node, f"{wanted} such as {example}")
    else:
        sheet.complain(node, "wrong-type", f"expected {wanted}, found {described(node)}; write {example}")
