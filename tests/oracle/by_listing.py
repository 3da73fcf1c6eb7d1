"""Path policies once more, path by path: every walk is written down, and then looked at. Only for small worlds."""

from collections.abc import Iterator

from tests.oracle.naive import Answer, Hop, Naive
from tests.oracle.rules import Rule

SMALL = 8
Walk = list[Hop]


def is_small(naive: Naive) -> bool:
    """Whether the walks of a world can be listed."""
    walkable = ("agent", "action", "tool_server", "use_case")
    return sum(len(naive.world.of(kind)) for kind in walkable) <= SMALL


def can(rule: Rule) -> bool:
    """Whether walks that are listed can answer the rule: not what every way does, nor cycles."""
    return rule.verb in {"must_reach", "must_not_reach"} and not rule.data.get("every_way")


def answer(naive: Naive, rule: Rule) -> Answer:
    """Every finding of a path policy."""
    if rule.verb == "must_reach":
        lost = [one for one in naive.subjects(rule) if not any(_good(naive, rule, one, to) for to in naive.targets(rule, one))]
        return dict.fromkeys(((one, "") for one in lost), 0)
    found: Answer = {}
    for subject in naive.subjects(rule):
        for target in naive.targets(rule, subject):
            fit = naive.fit(rule, subject, target)
            lengths = [len(walk) for walk in walks(naive.hops(rule), subject, target) if _is_open(walk, fit, rule)]
            if lengths and min(lengths) <= rule.data.get("within", min(lengths)):
                found[subject, target] = min(lengths)
    return found


def walks(hops: list[Hop], subject: str, target: str) -> Iterator[Walk]:
    """Every walk from one to the other whose inner nodes differ; the target itself may be an inner node too."""

    def extend(walk: Walk, seen: frozenset[str]) -> Iterator[Walk]:
        current = walk[-1].target if walk else subject
        for hop in hops:
            if hop.source != current:
                continue
            if hop.target == target:
                yield [*walk, hop]
            if hop.target not in seen:
                yield from extend([*walk, hop], seen | {hop.target})

    yield from extend([], frozenset({subject}))


def _is_open(walk: Walk, fit: frozenset[str], rule: Rule) -> bool:
    last = "gate_on" in rule.data
    counted = walk[-1:] if last else walk
    inner = [hop.source for hop in (walk[1:][-1:] if last else walk[1:])]
    return not any(gate in fit for hop in counted for gate in hop.gates) and not any(node in fit for node in inner)


def _good(naive: Naive, rule: Rule, subject: str, target: str) -> bool:
    """Whether some walk is near enough and has passed what it must: to each place by one walk, and on by another."""
    fit, hops = naive.fit(rule, subject, target), naive.hops(rule)
    most = rule.data.get("within", len(hops) * 2 + 2)
    if "through" not in rule.data:
        return any(len(walk) <= most for walk in walks(hops, subject, target))
    for hop in hops:
        to_hop = [0] if hop.source == subject else []
        to_hop += [len(walk) for walk in walks(hops, subject, hop.source)]
        to_target = [0] if hop.target == target else []
        to_target += [len(walk) for walk in walks(hops, hop.target, target)]
        on_hop = fit.intersection(hop.gates)
        later = [length for length in to_target if length or on_hop]
        if to_hop and later and (on_hop or hop.target in fit) and min(to_hop) + 1 + min(later) <= most:
            return True
    return False
