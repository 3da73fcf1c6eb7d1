"""The examples of a rule: snippets in which it must find something, and decoys in which it must find nothing."""

from collections.abc import Iterator

from shipcheck.discover.detector_keys import EXAMPLE, WORD, Keys, short
from shipcheck.discover.read_take import GATE_CLASSES, GATE_VALUES, KINDS
from shipcheck.discover.rule import Snippet
from shipcheck.english import did_you_mean, listed

_CODE = {"py": "example.py", "ts": "example.ts", "tsx": "example.tsx", "js": "example.js"}
_SOURCES = (*_CODE, "files")


def examples_under(keys: Keys, effects: tuple[str, ...]) -> tuple[tuple[Snippet, ...], tuple[Snippet, ...]]:
    """The positives and decoys of a rule; reported if one of them is missing. A rule about effects finds one of `effects`."""
    for name, why in (("positive", "an example in which it finds something"), ("decoy", "an example that looks alike")):
        if not keys.has(name):
            keys.report(keys.node, f"{keys.what} has no {name}; add {why}", EXAMPLE)
    positives = tuple(_positive(keys, effects))
    return positives, tuple(_decoy(keys))


def _positive(keys: Keys, effects: tuple[str, ...]) -> Iterator[Snippet]:
    for item in keys.items("positive"):
        inner = Keys(keys.context, item, "'positive'")
        inner.allow((*_SOURCES, "found", "links", "gates"))
        if not inner.present(("found", "links", "gates")):
            inner.report(item, "'positive' has no found; add what the rule must find in it", EXAMPLE)
        links, gates = inner.texts("links"), inner.texts("gates")
        found = () if links and inner.is_empty("found") else inner.texts("found")
        _check_found(inner, found, effects)
        _check_links(inner, links)
        for gate in gates:
            _, class_, value = ("", "", *gate.split())[-3:]
            if class_ not in GATE_CLASSES or value not in GATE_VALUES:
                form = (
                    f"write KIND:NAME CLASS VALUE; classes are {listed(GATE_CLASSES, 'and')}, values {listed(GATE_VALUES, 'and')}"
                )
                inner.report(inner.at("gates"), f"'{short(gate)}' is not a gate candidate; {form}", EXAMPLE)
        yield Snippet(_files(inner), found, links, gates, keys.context.locate(item))


def _decoy(keys: Keys) -> Iterator[Snippet]:
    for item in keys.items("decoy"):
        inner = Keys(keys.context, item, "'decoy'")
        inner.allow(_SOURCES)
        yield Snippet(_files(inner), (), (), (), keys.context.locate(item))


def _files(keys: Keys) -> tuple[tuple[str, str], ...]:
    sources = keys.present(_SOURCES)
    if len(sources) != 1:
        keys.report(keys.node, f"{keys.what} has exactly one of {listed(_SOURCES, 'and')}", EXAMPLE)
        return ()
    if sources[0] in _CODE:
        return ((_CODE[sources[0]], keys.text(sources[0])),)
    return tuple((path.text, keys.context.text(node, f"file {short(path.text)}")) for path, node in keys.entries("files"))


def _check_found(keys: Keys, found: tuple[str, ...], effects: tuple[str, ...]) -> None:
    for text in found:
        kind, colon, name = text.partition(":")
        words = effects or KINDS
        if kind not in words:
            hint = did_you_mean(kind, words) or f"; use {listed(words)}"
            keys.report(keys.at("found"), f"unknown {'effect' if effects else 'kind'} '{short(kind)}'{hint}", WORD)
        elif not effects and not (colon and name):
            keys.report(keys.at("found"), f"'{short(text)}' has no name; write {kind}:NAME", EXAMPLE)


def _check_links(keys: Keys, links: tuple[str, ...]) -> None:
    names = keys.context.vocabulary.link_names()
    for text in links:
        if not any(f" {name} " in text for name in names):
            words = text.split()
            hint = did_you_mean(words[1], names) if len(words) > 1 else ""
            keys.report(keys.at("links"), f"'{short(text)}' is not KIND:NAME LINK KIND:NAME{hint}", EXAMPLE)
