"""Runs the examples of a rule about code: each positive must give what it says, and no decoy anything that the rule finds."""

from collections.abc import Iterator, Mapping

from shipcheck.code.repository import Repository
from shipcheck.discover.detector_keys import EXAMPLE
from shipcheck.discover.engine import Engine
from shipcheck.discover.rule import Detector, Rule, Snippet
from shipcheck.discover.sightings import Found, FoundLink
from shipcheck.english import listed
from shipcheck.model.problem import Problem

Kinds = Mapping[str, frozenset[str]]


def example_problems(detector: Detector, kinds: Kinds) -> tuple[Problem, ...]:
    """Every example of a detector's rules about code that does not give what it says, at its place."""
    return tuple(problem for rule in detector.rules for problem in _of_rule(detector, rule, kinds))


def _of_rule(detector: Detector, rule: Rule, kinds: Kinds) -> Iterator[Problem]:
    for snippet in rule.positive:
        yield from _of_positive(_run(detector, snippet, kinds), rule, snippet)
    for snippet in rule.decoy:
        hit = [each for each in _run(detector, snippet, kinds) if each.rule is rule or _has_effect(each, rule)]
        if hit:
            names = listed([f"{each.kind}:{each.name}" for each in hit], "and")
            yield Problem(snippet.place, EXAMPLE, f"the rule finds {names} in a decoy")


def _run(detector: Detector, snippet: Snippet, kinds: Kinds) -> list[Found]:
    contents = {path: text.encode() for path, text in snippet.files}
    repository = Repository(tuple(contents), contents.get)
    engine = Engine(repository, [detector], kinds)
    found = engine.run()
    return [*found, *engine.bodies_named("tool")] if any(rule.effect for rule in detector.rules) else found


def _has_effect(found: Found, rule: Rule) -> bool:
    return bool(rule.effect) and any(effect.effect == rule.effect for effect in found.effects)


def _of_positive(found: list[Found], rule: Rule, snippet: Snippet) -> Iterator[Problem]:
    if rule.effect:
        names = [effect.effect for each in found for effect in each.effects]
        if rule.effect == "none":
            names += ["none"] if not any(each.effects or each.unknown_effects for each in found) else []
    else:
        names = [f"{each.kind}:{name}" for each in found if not each.hidden for name in (each.name, *each.names)]
    yield from _missing(snippet, "component" if not rule.effect else "effect", snippet.found, names)
    links = [text for each in found for link in each.links for text in _link_texts(each, link)]
    yield from _missing(snippet, "link", snippet.links, links)
    gates = [text for each in found for text in _gate_texts(each)]
    yield from _missing(snippet, "gate candidate", snippet.gates, gates)


def _missing(snippet: Snippet, what: str, wanted: tuple[str, ...], found: list[str]) -> Iterator[Problem]:
    missing = [each for each in wanted if each not in found]
    if missing:
        there = f"; it has {listed(sorted(set(found)), 'and')}" if found else ""
        yield Problem(snippet.place, EXAMPLE, f"the example has no {what} {listed(missing, 'and')}{there}")


def _link_texts(found: Found, link: FoundLink) -> Iterator[str]:
    for name in (found.name, *found.names):
        if link.target is not None:
            for target in (link.target.name, *link.target.names):
                yield f"{found.kind}:{name} {link.link} {link.target.kind}:{target}"
        elif link.text:
            yield f"{found.kind}:{name} {link.link} {link.text}"


def _gate_texts(found: Found) -> Iterator[str]:
    for gate in found.gates:
        for name in (found.name, *found.names, gate.name, gate.action_name):
            for kind in (found.kind, "action", "agent", "gate"):
                yield f"{kind}:{name} {gate.gate_class} {gate.value}"
    if found.kind == "gate" and isinstance(found.rule, Rule):
        yield f"gate:{found.name} {found.rule.gate_class} {found.rule.value or 'true'}"
