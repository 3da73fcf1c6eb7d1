"""A detector from its document: strict and typed, so that no word of it can be misread."""

import re
from collections.abc import Iterator
from contextlib import suppress

from shipcheck.discover.detector_keys import VERSION, Context, Keys, TooManyProblemsError, short
from shipcheck.discover.read_file_rule import read_file_rule
from shipcheck.discover.read_rule import read_rule
from shipcheck.discover.rule import Detector, FileRule, Rule
from shipcheck.model.document import Document
from shipcheck.model.problem import Problem
from shipcheck.versions import is_range
from shipcheck.vocabulary.vocabulary import Vocabulary

_KEYS = ("detector", "version", "title", "source", "for", "modules", "words", "find")
_ECOSYSTEMS = ("pypi", "npm")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
_PACKAGE = re.compile(r"[A-Za-z0-9@_][A-Za-z0-9@_./-]{0,99}", re.ASCII)
_MODULE = re.compile(r"[A-Za-z0-9@_][A-Za-z0-9@_./*-]{1,99}", re.ASCII)
_OPERATORS = frozenset("<>=!~ ")
_QUOTES = "\"'`"
_SCHEMES = ("https://", "http://")


def read_detector(document: Document, origin: str, vocabulary: Vocabulary) -> tuple[Detector | None, tuple[Problem, ...]]:
    """The detector that a document holds, or None and every reason why it is not one.

    `origin` says where it comes from: what is built in, a pack, or the repository. Examples are not run here.
    """
    context = Context(document, vocabulary)
    detector = None
    with suppress(TooManyProblemsError):
        detector = _detector(Keys(context, document.root, "a detector"), origin)
    return (None if context.problems else detector), tuple(context.problems)


def _detector(keys: Keys, origin: str) -> Detector:
    keys.allow(_KEYS)
    keys.require("detector", "version", "title", "find")
    rules, file_rules = _rules(keys)
    distributions = tuple(_distributions(keys))
    if distributions:
        keys.require("source")
    return Detector(
        name=_name(keys),
        version=keys.number("version"),
        title=keys.text("title"),
        sources=_sources(keys),
        distributions=distributions,
        modules=(modules := _modules(keys, rules)),
        words=(*_words_of(modules, rules), *(word.encode() for word in keys.texts("words"))),
        rules=rules,
        file_rules=file_rules,
        origin=origin,
    )


def _name(keys: Keys) -> str:
    name, file = keys.text("detector"), keys.context.document.file.path.rpartition("/")[2]
    if name and not _NAME.fullmatch(name):
        keys.report(keys.at("detector"), f"'{short(name)}' is not a valid name; write one such as home-made-tools")
    elif name and file.rpartition(".")[0] != name:
        keys.report(keys.at("detector"), f"detector {name} is in {short(file)}; name the file {name}.yaml")
    return name


def _sources(keys: Keys) -> tuple[str, ...]:
    sources = keys.texts("source")
    for source in sources:
        if not source.startswith(_SCHEMES):
            keys.report(keys.at("source"), f"'{short(source)}' is not an address; write one that begins with https://")
    return sources


def _distributions(keys: Keys) -> Iterator[tuple[str, str, str]]:
    if not keys.has("for"):
        return
    inner = Keys(keys.context, keys.at("for"), "'for'")
    inner.allow(_ECOSYSTEMS)
    for ecosystem in inner.present(_ECOSYSTEMS):
        for text in inner.texts(ecosystem):
            end = next((at for at, letter in enumerate(text) if letter in _OPERATORS), len(text))
            name, wanted = text[:end], text[end:].strip()
            if not _PACKAGE.fullmatch(name) or (wanted and not is_range(wanted)):
                example = "openai-agents>=0.0.3" if ecosystem == "pypi" else "@openai/agents>=0.0.1"
                message = f"'{short(text)}' is not a package with a version range; write one such as {example}"
                inner.report(inner.at(ecosystem), message, VERSION)
            yield ecosystem, name, wanted


def _modules(keys: Keys, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    modules = keys.texts("modules")
    for module in modules:
        if not _MODULE.fullmatch(module):
            keys.report(keys.at("modules"), f"'{short(module)}' is not a module; write one such as agents or '@openai/agents'")
    if any(rule.finds and not rule.literals for rule in rules) and not keys.present(("modules", "words")):
        keys.report(keys.node, "a detector with rules about code has modules or words, which a file must contain to be read")
    return modules


def _words_of(modules: tuple[str, ...], rules: tuple[Rule, ...]) -> Iterator[bytes]:
    """What a file contains that imports one of these modules.

    `from google import adk` imports `google.adk`, so the last name counts. A plain word that is only an npm package could be in
    every file, and counts as it is quoted.
    """
    callables = [each for rule in rules for each in rule.callables]
    packages = {each.package for each in callables}
    roots = {each.names[0] for each in callables if each.ecosystem == "pypi"}
    yield from (_longest(pattern).encode() for rule in rules for pattern in rule.literals)
    for module in modules:
        if module.isidentifier() and module in packages and module not in roots:
            yield from (f"{quote}{module}{end}".encode() for quote in _QUOTES for end in (quote, "/"))
        elif "/" in module or "-" in module or "@" in module:
            yield _longest(module).encode()
        else:
            yield _longest(module.rpartition(".")[2]).encode()


def _longest(name: str) -> str:
    """The longest text between the stars of a name."""
    return max(name.split("*"), key=len)


def _rules(keys: Keys) -> tuple[tuple[Rule, ...], tuple[FileRule, ...]]:
    rules: list[Rule] = []
    file_rules: list[FileRule] = []
    for number, item in enumerate(keys.items("find"), 1):
        inner = Keys(keys.context, item, f"rule {number}")
        if inner.has("file"):
            file_rules.append(read_file_rule(inner))
        else:
            rules.append(read_rule(inner))
    return tuple(rules), tuple(file_rules)
