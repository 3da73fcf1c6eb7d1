"""One rule about files: which files it is about, what shape they have, and what is taken from them."""

from collections.abc import Iterator

from shipcheck.discover.detector_keys import GLOB, PLACE, Keys, short
from shipcheck.discover.globs import glob_problem
from shipcheck.discover.read_conditions import conditions_under
from shipcheck.discover.read_examples import examples_under
from shipcheck.discover.read_places import place_under, read_path, read_place
from shipcheck.discover.read_take import (
    GATE_CLASSES,
    GATE_VALUES,
    check_target,
    constants_under,
    fields_under,
    is_link,
    kind_under,
)
from shipcheck.discover.rule import FileField, FileLink, FileRule, FileTake, Path, Place, Test
from shipcheck.english import listed
from shipcheck.model.document import Node, Scalar

ENDINGS = ("json", "jsonc", "yaml", "yml", "toml", "md")
_SHAPES = ("map", "list", "text", "yes_no", "any")
_RULE_KEYS = ("file", "shape", "take", "each_document", "positive", "decoy")
_GATE_KEYS = ("class", "value", "guards", "bypass")
_TAKE_KEYS = ("kind", "each", "at", "name", "code", "fields", "set", "links", "when", "unless", *_GATE_KEYS)
# What people keep secrets in. Nothing that is below such a key is ever read.
_SECRETS = frozenset(
    {"env", "environment", "environmentvariables", "envvars", "headers", "args", "arguments", "command", "inputs", "auth"}
)
_SECRET_PARTS = ("secret", "token", "password", "passwd", "apikey", "api_key", "api-key", "credential", "header", "env_")


def read_file_rule(keys: Keys) -> FileRule:
    """A rule about files; problems are added to the context of `keys`, and then the rule is not to be used."""
    keys.allow(_RULE_KEYS)
    keys.require("shape", "take")
    positive, decoy = examples_under(keys, ())
    return FileRule(
        patterns=tuple(_patterns(keys)),
        shapes=tuple(_shapes(keys)),
        takes=tuple(_take(Keys(keys.context, item, "'take'")) for item in keys.items("take")),
        each_document=keys.flag("each_document"),
        positive=positive,
        decoy=decoy,
        place=keys.context.locate(keys.node),
    )


def _patterns(keys: Keys) -> Iterator[str]:
    for item in keys.items("file"):
        pattern = keys.context.text(item, "a pattern")
        problem = glob_problem(pattern) if pattern else ""
        if not problem and pattern and pattern.rpartition(".")[2] not in ENDINGS:
            problem = f"only files that end with {listed(ENDINGS)} are read"
        if problem:
            keys.report(item, f"'{short(pattern)}' is not a pattern of files: {problem}", GLOB)
        yield pattern


def _shapes(keys: Keys) -> Iterator[tuple[tuple[Path, str], ...]]:
    node = keys.get("shape")
    if node is None:
        return
    shape = Keys(keys.context, node, "'shape'")
    if shape.has("one_of"):
        shape.allow(("one_of",))
    for item in shape.items("one_of") if shape.has("one_of") else (node,):
        one = Keys(keys.context, item, "'shape'")
        if not one.pairs():
            one.report(item, "a shape is empty; add a key and its type")
        yield tuple(
            (read_path(keys.context, key, in_file=True), keys.context.word(value, _SHAPES, "type")) for key, value in one.pairs()
        )


def _take(keys: Keys) -> FileTake:
    keys.allow(_TAKE_KEYS)
    keys.require("kind")
    kind = kind_under(keys, "kind")
    if kind == "gate":
        keys.require("class", "value")
    elif kind:
        keys.refuse(_GATE_KEYS, "is only for kind gate")
    value, value_at = _gate_value(keys)
    return FileTake(
        kind=kind,
        at=_at(keys),
        name=_readable(keys, "name"),
        code=_readable(keys, "code"),
        fields=tuple(_fields(keys, kind)),
        constants=tuple(constants_under(keys, kind)),
        links=tuple(_links(keys, kind)),
        when=_conditions(keys, "when"),
        unless=_conditions(keys, "unless"),
        gate_class=keys.word("class", GATE_CLASSES),
        value=value,
        value_at=value_at,
        guards=_readable(keys, "guards"),
        bypass=keys.flag("bypass"),
    )


def _at(keys: Keys) -> Path:
    if keys.has("at") and keys.has("each"):
        keys.report(keys.at("at"), "'take' has either 'at' or 'each'")
    name = "each" if keys.has("each") else "at"
    if not keys.has(name):
        return ()
    path = read_path(keys.context, keys.at(name), in_file=True)
    _without_secrets(keys, keys.at(name), (path,))
    return (*path, "*") if name == "each" else path


def _conditions(keys: Keys, name: str) -> tuple[Test, ...]:
    tests = conditions_under(keys, name, in_file=True)
    for test in tests:
        if test.how != "present":
            _without_secrets(keys, keys.at(name), test.at)
    return tests


def _fields(keys: Keys, kind: str) -> Iterator[FileField]:
    for spec, node in fields_under(keys, kind):
        if spec.many:
            keys.report(node, f"{spec.name} is a list, which is not read from files")
        words = spec.choice.words if spec.choice else ()
        yield FileField(spec.name, _without_secrets(keys, node, read_place(keys.context, node, in_file=True)), spec.type, words)


def _links(keys: Keys, kind: str) -> Iterator[FileLink]:
    for key, node in keys.entries("links"):
        if not is_link(keys.context, key, kind):
            continue
        inner = Keys(keys.context, node, f"link {key.text}")
        inner.allow(("at", "as"))
        inner.require("at", "as")
        becomes = kind_under(inner, "as")
        check_target(inner, inner.at("as"), kind, key.text, becomes)
        yield FileLink(key.text, _readable(inner, "at"), becomes)


def _gate_value(keys: Keys) -> tuple[str, Place]:
    node = keys.get("value")
    if isinstance(node, Scalar) and node.text in GATE_VALUES:
        return node.text, ()
    return "", _readable(keys, "value")


def _readable(keys: Keys, name: str) -> Place:
    node = keys.get(name)
    return () if node is None else _without_secrets(keys, node, place_under(keys, name, in_file=True))


def _without_secrets(keys: Keys, node: Node, place: Place) -> Place:
    """The place, if it is in no part of a file that holds secrets; else empty, which is reported."""
    for path in place:
        wrong = next((part for part in path if isinstance(part, str) and _is_secret(part)), "")
        if wrong:
            keys.report(node, f"'{short(wrong)}' is never read, because it can hold secrets; test whether it is present", PLACE)
            return ()
    return place


def _is_secret(part: str) -> bool:
    plain = part.lower()
    return plain in _SECRETS or any(each in plain for each in _SECRET_PARTS)
