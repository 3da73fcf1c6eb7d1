"""Severity: one word, or a ladder of words with conditions."""

from itertools import pairwise

from shipcheck.english import did_you_mean
from shipcheck.language.syntax.keys import Keys
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.typing.reader import Reader
from shipcheck.language.typing.scope import Scope
from shipcheck.model.document import Node, Scalar, Sequence
from shipcheck.model.policy import SEVERITIES, Rung, Severity


def read_ladder(reader: Reader, keys: Keys, scope: Scope | None) -> tuple[Rung, ...]:
    """The steps of a policy's severity, highest first; `scope` is None if they cannot have conditions."""
    node = keys.get("severity")
    if node is None:
        return (Rung(Severity.ERROR, None),)
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        keys.report(node, "P016", "the severity ladder is empty; write error, warning or note")
    rungs = [rung for item in items if (rung := _rung(reader, keys, item, scope))]
    if rungs and len(rungs) == len(items):
        _check_order(keys, node, rungs)
    return tuple(rungs)


def _rung(reader: Reader, keys: Keys, item: Node, scope: Scope | None) -> Rung | None:
    if not isinstance(item, Scalar):
        keys.report(item, "P016", "a step of a severity ladder must be a text such as 'error when stage == production'")
        return None
    word, _, rest = item.text.partition(" ")
    if word not in SEVERITIES:
        hint = did_you_mean(word, SEVERITIES) or "; write error, warning or note"
        keys.report(item, "P016", f"unknown severity '{word}'{hint}")
        return None
    if not rest:
        return Rung(SEVERITIES[word], None)
    keyword, _, condition_text = rest.strip().partition(" ")
    if keyword != "when" or not condition_text:
        keys.report(item, "P016", f"write a step with a condition as '{word} when CONDITION'")
        return None
    if scope is None:
        keys.report(item, "P016", "the severity of a group policy cannot have a condition")
        return None
    offset = item.text.rindex(condition_text)
    condition = reader.condition(SourceText(keys.document, item).part(offset, len(item.text)), scope)
    return Rung(SEVERITIES[word], condition) if condition else None


def _check_order(keys: Keys, node: Node, rungs: list[Rung]) -> None:
    if rungs[-1].when is not None or any(rung.when is None for rung in rungs[:-1]):
        keys.report(node, "P016", "only the last step of a severity ladder has no condition")
    levels = [rung.severity for rung in rungs]
    if any(upper <= lower for upper, lower in pairwise(levels)):
        keys.report(node, "P016", "the steps of a severity ladder must descend: error, then warning, then note")
