"""The parameters and selectors of a pack that nothing uses (P026)."""

import re
from collections.abc import Iterable, Iterator

from shipcheck.language.compile.policies import WORDS
from shipcheck.language.syntax.grammar import tokens_of
from shipcheck.language.syntax.keys import Keys
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.model.document import Mapping, Node, Scalar, Sequence
from shipcheck.model.policy import Pack
from shipcheck.model.problem import Problem

_WITHOUT_NAMES = frozenset({*WORDS, "along", "gate_on", "within", "every_way"} - {"severity", "message"})
# Parameters that the tool itself reads; see waivers/terms.py.
_OF_THE_TOOL = frozenset({"waiver_days"})
_BRACES = re.compile(r"\{([^}]*)\}")


def unused(pack: Pack, selects: Iterable[Keys], policies: Iterable[Keys]) -> tuple[Problem, ...]:
    """A warning for each parameter and selector of `pack` that no policy uses, directly or through selectors.

    `selects` and `policies` are where its selectors and policies are written.
    """
    named: dict[str, set[str]] = {}
    for keys in selects:
        for key, node in keys.entries("select"):
            named[key.text] = _words(keys, node)
    mentioned: set[str] = set()
    for policy in policies:
        for key, node in policy.pairs():
            if key.text not in _WITHOUT_NAMES:
                mentioned |= _words(policy, node, braces=key.text == "message")
    reached = _reached(mentioned, named)
    problems = [
        Problem(item.location, "P026", f"unused selector '{item.name}'; use it or delete it")
        for item in pack.selectors
        if item.name not in reached
    ]
    words = mentioned.union(*named.values())
    problems += [
        Problem(item.location, "P026", f"unused parameter '{item.name}'; use it or delete it")
        for item in pack.parameters
        if f"${item.name}" not in words and item.name not in _OF_THE_TOOL
    ]
    return tuple(problems)


def _reached(mentioned: set[str], named: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [word for word in mentioned if word in named]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(word for word in named[name] if word in named)
    return reached


def _words(keys: Keys, node: Node, *, braces: bool = False) -> set[str]:
    """The names and parameters in the expressions of a scalar or of a list of them."""
    return {
        token.text
        for scalar in _scalars(node)
        for text in (_BRACES.findall(scalar.text) if braces else [scalar.text])
        for token in tokens_of(SourceText(keys.document, scalar._replace(text=text)))
        if token.kind in {"name", "param"}
    }


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _scalars(value)
