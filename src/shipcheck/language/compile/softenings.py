"""What a pack loosens in the packs that it extends, as written."""

import re
from datetime import date

from shipcheck.language.syntax.keys import Keys
from shipcheck.model.document import Node
from shipcheck.model.policy import SEVERITIES
from shipcheck.model.softening import DROP, Softening

KEYS = ("policy", "parameter", "severity", DROP, "value", "reason", "approver", "until")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_softenings(keys: Keys, pack: str) -> tuple[Softening, ...]:
    """The items under `soften`."""
    softenings = (_softening(keys, node, pack) for node in keys.items("soften"))
    return tuple(softening for softening in softenings if softening is not None)


def _softening(keys: Keys, node: Node, pack: str) -> Softening | None:
    entry = Keys(keys.document, node, "an item of soften", keys.problems)
    before = len(keys.problems)
    entry.allow(KEYS)
    what, to, is_parameter = _target(entry)
    reason, approver = entry.text("reason", required=True), entry.text("approver", required=True)
    until = _until(entry)
    if len(keys.problems) > before or until is None:
        return None
    return Softening(pack, what, is_parameter, to, reason, approver, until, keys.document.locate(node))


def _target(entry: Keys) -> tuple[str, str, bool]:
    """What is loosened, to which value, and whether it is a parameter."""
    named, given = entry.present(("policy", "parameter")), entry.present(("severity", DROP, "value"))
    if named == ["parameter"] and given == ["value"]:
        return entry.text("parameter"), entry.text("value"), True
    if named == ["policy"] and given == ["severity"]:
        severity = entry.text("severity")
        if severity and severity not in SEVERITIES:
            entry.report(entry.get("severity") or entry.node, "P016", f"unknown severity '{severity}'; write {_words()}")
        return entry.text("policy"), severity, False
    if named == ["policy"] and given == [DROP] and entry.text(DROP) == "true":
        return entry.text("policy"), DROP, False
    rule = "write policy with severity or 'drop: true', or parameter with value"
    entry.report(entry.node, "P033", f"this does not name what it loosens; {rule}")
    return "", "", False


def _words() -> str:
    return ", ".join(SEVERITIES)


def _until(entry: Keys) -> date | None:
    text = entry.text("until", required=True)
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    entry.report(entry.get("until") or entry.node, "P033", f"'{text}' is not a date; write it as 2027-03-31")
    return None
