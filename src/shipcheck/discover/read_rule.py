"""One rule about code: how it selects, what it finds, and what it reads."""

from dataclasses import replace

from shipcheck.discover.detector_keys import Keys
from shipcheck.discover.read_callables import callables_under
from shipcheck.discover.read_examples import examples_under
from shipcheck.discover.read_graph import decisions_under, dispatch_under, graph_under, implied_under, joins_under
from shipcheck.discover.read_places import place_under
from shipcheck.discover.read_take import GATE_CLASSES, KINDS, PART, TAKE_KEYS, read_take
from shipcheck.discover.rule import Callable, Rule, Take
from shipcheck.english import listed
from shipcheck.versions import is_range

NO_EFFECT = "none"
_BY_CALLABLE = ("call", "decorator", "extends", "methods_of")
SELECTORS = (*_BY_CALLABLE, "literal", "standing", "file")
_OF_ALL = ("versions", "positive", "decoy")
_PLACES = ("each", "of", "same", "inherits")
_OF_KINDS = (*TAKE_KEYS, *_PLACES, "provider", "joins", "methods", "graph", "dispatch", "implies", "alone", "effects")
_OF_GATES = ("class", "guards", "value", "bypass", "decisions")


def read_rule(keys: Keys) -> Rule:
    """A rule; problems are added to the context of `keys`, and then the rule is not to be used."""
    keys.allow(("kind", "effect", *SELECTORS, *_OF_ALL, *_OF_KINDS, *_OF_GATES))
    selector = _selector(keys)
    kind, effect = _found(keys, selector)
    effects = (*keys.context.vocabulary.choices["effect"].words, NO_EFFECT)
    positive, decoy = examples_under(keys, effects if keys.has("effect") else ())
    take = _take(keys, kind)
    return Rule(
        selector=selector,
        callables=_callables(keys, selector),
        literals=keys.texts("literal"),
        finds=kind,
        effect=effect,
        take=replace(take, when=(), unless=()),
        methods=keys.texts("methods"),
        joins=tuple(joins_under(keys, kind)),
        gate_class=keys.word("class", GATE_CLASSES),
        guards=place_under(keys, "guards"),
        value=keys.word("value", ("true", "false")),
        bypass=keys.flag("bypass"),
        when=take.when,
        unless=take.unless,
        graph=graph_under(keys),
        dispatch=dispatch_under(keys),
        decisions=decisions_under(keys),
        implies=tuple(implied_under(keys, kind)),
        each=place_under(keys, "each"),
        of=place_under(keys, "of"),
        same=place_under(keys, "same"),
        inherits=place_under(keys, "inherits"),
        alone=keys.flag("alone"),
        effects=_effects(keys),
        versions=keys.ranged("versions", is_range),
        positive=positive,
        decoy=decoy,
        place=keys.context.locate(keys.node),
    )


def _selector(keys: Keys) -> str:
    selectors = keys.present(SELECTORS)
    if len(selectors) != 1:
        keys.report(keys.node, f"{keys.what} has exactly one of {listed(SELECTORS, 'and')}")
    selector = selectors[0] if selectors else ""
    if selector == "standing" and not keys.flag(selector):
        keys.report(keys.at(selector), "'standing' is true, or left out")
    if selector != "extends":
        keys.refuse(("methods",), "is only for a rule that extends a class")
    if selector == "literal" and keys.text("kind") != "model":
        keys.report(keys.at(selector), "'literal' is only for kind model")
    if selector not in {"decorator", "call", ""}:
        keys.refuse(("dispatch",), "is only for a rule about a decorator or a call")
    return selector


def _callables(keys: Keys, selector: str) -> tuple[Callable, ...]:
    return callables_under(keys, selector) if selector in _BY_CALLABLE else ()


def _found(keys: Keys, selector: str) -> tuple[str, str]:
    """The kind and the effect that a rule finds, of which one is empty."""
    if keys.has("kind") == keys.has("effect"):
        keys.report(keys.node, f"{keys.what} has either a kind or an effect")
    kind = keys.word("kind", (*KINDS, PART))
    effect = keys.word("effect", (*keys.context.vocabulary.choices["effect"].words, NO_EFFECT))
    if keys.has("effect"):
        of_kinds = [name for name in _OF_KINDS if name not in {"when", "unless"}]
        keys.refuse((*of_kinds, *_OF_GATES), "is only for a rule that finds a kind")
        if selector not in {"call", ""}:
            keys.report(keys.at(selector), "an effect is found by 'call' alone")
    if kind == "gate":
        keys.require("class")
    elif kind:
        keys.refuse(_OF_GATES, "is only for kind gate")
    for name, wanted in (("provider", "model"), ("alone", "agent"), ("effects", "action"), ("of", PART)):
        if kind != wanted:
            keys.refuse((name,), f"is only for kind {wanted}")
    return kind, effect


def _effects(keys: Keys) -> tuple[str, ...]:
    words = keys.context.vocabulary.choices["effect"].words
    found = [keys.context.word(item, words, "effect") for item in keys.items("effects")]
    return tuple(effect for effect in found if effect)


def _take(keys: Keys, kind: str) -> Take:
    take = read_take(keys, kind)
    if not keys.has("provider"):
        return take
    return replace(take, constants=(*take.constants, ("provider", keys.text("provider"))))
