"""Texts in code that are a model by their form alone: lists to choose from, members of an enumeration, defaults."""

import re
from collections.abc import Iterator
from typing import Any

from shipcheck.code.children import children
from shipcheck.code.form import Block, Call, Compare, Constant, Entry, Evaluate, Form, Member
from shipcheck.code.possible_values import Spot
from shipcheck.code.sites import HitLines
from shipcheck.discover.finder import Finder
from shipcheck.discover.rule import Rule
from shipcheck.discover.sightings import Found
from shipcheck.discover.wildcards import part_matches
from shipcheck.model.observed import LIKELY

_TESTS = frozenset(
    {"includes", "startsWith", "endsWith", "startswith", "endswith", "indexOf", "replace", "replaceAll", "split", "match"}
)
_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{1,99}")


class Literals:
    """The rules about texts."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._rules = [rule for each in finder.rules.detectors for rule in each.rules if rule.literals]
        self._patterns = [(tuple(pattern.split("*")), rule) for rule in self._rules for pattern in rule.literals]
        words = {max(pattern.split("*"), key=len) for rule in self._rules for pattern in rule.literals}
        self._words = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)).encode()) if words else None

    def read(self, path: str, content: bytes) -> None:
        """Add what the texts of a file are."""
        if self._words is None or self._words.search(content) is None:
            return
        form = self._finder.resolver.repository.form(path)
        if form is not None:
            lines = HitLines(content.count(b"\n", 0, match.start()) + 1 for match in self._words.finditer(content))
            for constant in _texts(form, lines):
                self._add(path, constant)

    def _add(self, path: str, constant: Constant) -> None:
        text = str(constant.value)
        if not _FORM.fullmatch(text):
            return
        names = {text, text.rpartition("/")[2], text.partition(":")[2], text.rpartition("/")[2].partition(":")[2]}
        rule = next(
            (rule for pattern, rule in self._patterns if any(part_matches(pattern, name) for name in names if name)), None
        )
        if rule is not None:
            self._found(rule, Spot(path, constant.span), text)

    def _found(self, rule: Rule, spot: Spot, text: str) -> None:
        finder = self._finder
        key = (rule.finds, spot, text)
        if finder.by_identity.get(key) is None:
            found = Found(rule.finds, text, spot, (), finder.rules.detector_of[id(rule)], LIKELY, rule)
            finder.by_identity[key] = found
            finder.components.append(found)


def _is_tested(node: Any) -> bool:
    """Whether a call only looks whether a text has another in it."""
    return isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.name in _TESTS


def _texts(form: Form, lines: HitLines) -> Iterator[Constant]:
    """Every text on these lines that is not compared with, nor a text of documentation."""
    pending: list[Any] = list(form.body.statements)
    while pending:
        node = pending.pop()
        if isinstance(node, Constant):
            if isinstance(node.value, str):
                yield node
            continue
        span = getattr(node, "span", None)
        if isinstance(node, Entry) and isinstance(node.value, Constant) and not isinstance(node.value.value, str):
            continue
        if isinstance(node, Compare) or _is_tested(node) or (isinstance(node, Evaluate) and isinstance(node.value, Constant)):
            continue
        if span is not None and not lines.any_in(span):
            continue
        pending += node.statements if isinstance(node, Block) else [child for child in children(node) if child is not None]
