"""What is read from a call or a record: name, body, fields, links and gates."""

from collections.abc import Iterator

from shipcheck.discover.detector_keys import WORD, Context, Keys, plain_value, short
from shipcheck.discover.read_callables import read_callable
from shipcheck.discover.read_conditions import conditions_under
from shipcheck.discover.read_places import place_under, read_place
from shipcheck.discover.rule import GateSpec, LinkSpec, Take, Unwrap
from shipcheck.english import article, did_you_mean, listed
from shipcheck.model.document import Node, Scalar, Sequence
from shipcheck.vocabulary.vocabulary import FieldSpec

KINDS = ("agent", "action", "model", "prompt", "tool_server", "gate", "audit_sink", "dataset", "system", "team")
PART = "part"
"""A rule of this kind finds no component: its links belong to the one around the call."""
GATE_CLASSES = ("human", "automated", "human_input", "human_after", "permission")
TAKE_KEYS = ("name", "body", "fields", "set", "links", "gate", "when", "unless")
# What guards an agent or a tool server guards every action that it reaches.
_GUARDED = ("agent", "tool_server")
_NOT_READ = frozenset({"record", "map"})
GATE_VALUES = ("true", "false", "conditional", "unknown")
_GATE_KEYS = ("at", "class", "name", "not", "for_keys", "bypass", "values")


def read_take(keys: Keys, kind: str) -> Take:
    """What a rule, or a record in a link, says about one component of a kind; wrong parts are reported."""
    return Take(
        name=place_under(keys, "name"),
        body=place_under(keys, "body"),
        fields=tuple((spec.name, read_place(keys.context, node)) for spec, node in fields_under(keys, kind)),
        constants=tuple(constants_under(keys, kind)),
        links=tuple(_links(keys, kind)),
        gates=tuple(_gate(Keys(keys.context, item, "gate")) for item in keys.items("gate")),
        when=conditions_under(keys, "when"),
        unless=conditions_under(keys, "unless"),
    )


def fields_under(keys: Keys, kind: str) -> Iterator[tuple[FieldSpec, Node]]:
    """Each field under `fields` with what is written for it; those that are wrong are reported."""
    for key, node in keys.entries("fields"):
        spec = _field(keys.context, key, kind)
        if spec is not None:
            yield spec, node


def _field(context: Context, key: Scalar, kind: str) -> FieldSpec | None:
    """The field of a kind that `key` names; None if it has none, or code cannot give its value."""
    if kind not in context.vocabulary.kinds:
        return None
    known = {name: spec for name, spec in context.vocabulary.kinds[kind].declared.items() if spec.type not in _NOT_READ}
    if key.text in known:
        return known[key.text]
    hint = did_you_mean(key.text, known) or f"; its fields are {listed(sorted(known), 'and')}"
    context.report(key, WORD, f"{article(kind)} has no field '{short(key.text)}' that a detector can read{hint}")
    return None


def constants_under(keys: Keys, kind: str) -> Iterator[tuple[str, str | bool]]:
    """Each field under `set` with its value; those that are wrong are reported."""
    for key, node in keys.entries("set"):
        spec = _field(keys.context, key, kind)
        value = None if spec is None else _constant(keys.context, node, spec)
        if value is not None:
            yield key.text, value


def _constant(context: Context, node: Node, spec: FieldSpec) -> str | bool | None:
    if spec.choice is not None:
        return context.word(node, spec.choice.words, spec.name) or None
    value = plain_value(node) if isinstance(node, Scalar) else None
    if spec.type == "yes_no" and isinstance(value, bool):
        return value
    if spec.type == "yes_no":
        context.report(node, WORD, f"{spec.name} must be true or false")
        return None
    return context.text(node, spec.name) or None


def _links(keys: Keys, kind: str) -> Iterator[LinkSpec]:
    for key, node in keys.entries("links"):
        if is_link(keys.context, key, kind):
            for item in node.items if isinstance(node, Sequence) else (node,):
                yield _link(Keys(keys.context, item, f"link {key.text}"), kind, key.text)


def targets_of(context: Context, kind: str) -> dict[str, tuple[str, ...]]:
    """The links of a kind, each with the kinds that it leads to; a part has those of every kind."""
    kinds = context.vocabulary.kinds
    found: dict[str, tuple[str, ...]] = {}
    for each in kinds.values() if kind == PART else (kinds[kind],) if kind in kinds else ():
        for name, link in each.links.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *link.to)))
    return {**found, "guarded_by": ("gate",)} if kind in _GUARDED else found


def is_link(context: Context, key: Node, kind: str) -> bool:
    """Whether a kind has the link that `key` names; reported if not."""
    known = targets_of(context, kind)
    return bool(known) and bool(context.word(key, known, f"link of {article(kind)}"))


def _link(keys: Keys, kind: str, link: str) -> LinkSpec:
    keys.allow(("at", "as", "unwrap", "take"))
    keys.require("at")
    becomes = kind_under(keys, "as")
    check_target(keys, keys.at("as"), kind, link, becomes)
    inner = keys.get("take")
    take = None
    if inner is not None:
        inside = Keys(keys.context, inner, f"'take' of link {link}")
        inside.allow(TAKE_KEYS)
        if not becomes:
            keys.report(inner, "'take' needs an 'as' that says what the record is")
        take = read_take(inside, becomes)
    return LinkSpec(link, place_under(keys, "at"), becomes, tuple(_unwraps(keys)), take)


def kind_under(keys: Keys, name: str) -> str:
    """The kind under a key; empty if it is missing, or wrong, which is reported."""
    node = keys.get(name)
    return "" if node is None else keys.context.word(node, KINDS, "kind")


def check_target(keys: Keys, node: Node, kind: str, link: str, target: str) -> None:
    """Report a kind to which the link of another does not lead."""
    targets = targets_of(keys.context, kind).get(link, ())
    if target and target not in targets:
        keys.report(node, f"link {link} leads to {listed([article(each) for each in targets])}, not {article(target)}", WORD)


def _unwraps(keys: Keys) -> Iterator[Unwrap]:
    for key, node in keys.entries("unwrap"):
        found = read_callable(keys.context, key)
        if found is not None:
            yield Unwrap(found, read_place(keys.context, node))


def _gate(keys: Keys) -> GateSpec:
    keys.allow(_GATE_KEYS)
    keys.require("class")
    if keys.has("at") == keys.has("for_keys"):
        keys.report(keys.node, "a gate has either 'at', or 'for_keys' for a record whose keys name tools")
    return GateSpec(
        at=place_under(keys, "for_keys" if keys.has("for_keys") else "at"),
        gate_class=keys.word("class", GATE_CLASSES),
        name=place_under(keys, "name"),
        negated=keys.flag("not"),
        for_keys=keys.has("for_keys"),
        bypass=keys.flag("bypass"),
        values=tuple((key.text, keys.context.word(node, GATE_VALUES, "value")) for key, node in keys.entries("values")),
    )
