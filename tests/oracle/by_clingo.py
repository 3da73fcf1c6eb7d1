"""Path policies once more, as logic programs: the rules of the verbs, and nothing else, are written here."""

from collections.abc import Iterator

from clingo import Control, Function, Number, String, Symbol
from tests.oracle.naive import Naive
from tests.oracle.rules import Rule

# Facts are hop(Number, From, To), gate(Number, Gate), subject(Subject), pair(Subject, Target, Class), fit(Class, Gate) and
# member(Component); pairs of one class have the same fit gates.
_MUST_NOT_REACH = """
    closed(C, N) :- gate(N, G), fit(C, G).
    start(C, S) :- pair(S, _, C).
    at(C, S, V) :- start(C, S), hop(N, S, V), not closed(C, N).
    at(C, S, W) :- at(C, S, V), not fit(C, V), hop(N, V, W), not closed(C, N).
    found(S, T) :- pair(S, T, C), at(C, S, T).
"""
_LAST_HOP = """
    closed(C, N) :- gate(N, G), fit(C, G).
    at(S, V) :- pair(S, _, _), hop(_, S, V).
    at(S, W) :- at(S, V), hop(_, V, W).
    found(S, T) :- pair(S, T, C), hop(N, S, T), not closed(C, N).
    found(S, T) :- pair(S, T, C), at(S, V), not fit(C, V), hop(N, V, T), not closed(C, N).
"""
_MUST_REACH = """
    at(S, V) :- subject(S), hop(_, S, V).
    at(S, W) :- at(S, V), hop(_, V, W).
    well(S) :- pair(S, T, _), at(S, T).
    found(S) :- subject(S), not well(S).
"""
_NEAR = """
    closed(C, N) :- gate(N, G), fit(C, G).
    start(C, S) :- pair(S, _, C).
    at(C, S, V, 1) :- start(C, S), hop(N, S, V), not closed(C, N).
    at(C, S, W, K + 1) :- at(C, S, V, K), K < most, not fit(C, V), hop(N, V, W), not closed(C, N).
    found(S, T) :- pair(S, T, C), at(C, S, T, _).
"""
_NEAR_ENOUGH = """
    at(S, V, 1) :- subject(S), hop(_, S, V).
    at(S, W, K + 1) :- at(S, V, K), K < most, hop(_, V, W).
    well(S) :- pair(S, T, _), at(S, T, _).
    found(S) :- subject(S), not well(S).
"""
_THROUGH = """
    passes(C, N) :- gate(N, G), fit(C, G).
    start(C, S) :- pair(S, _, C).
    at(C, S, V) :- start(C, S), hop(_, S, V).
    at(C, S, W) :- at(C, S, V), hop(_, V, W).
    past(C, S, V) :- start(C, S), hop(N, S, V), passes(C, N).
    past(C, S, W) :- at(C, S, V), hop(N, V, W), passes(C, N).
    past(C, S, W) :- at(C, S, V), fit(C, V), hop(_, V, W).
    past(C, S, W) :- past(C, S, V), hop(_, V, W).
    well(S) :- pair(S, T, C), past(C, S, T).
    found(S) :- subject(S), not well(S).
"""
_EVERY_WAY = """
    onward(V, W) :- hop(_, V, W).
    onward(V, X) :- onward(V, W), hop(_, W, X).
    left(V) :- onward(V, W), not onward(W, V).
    meets(S, V) :- onward(V, T), pair(S, T, _).
    way(S, S) :- subject(S).
    way(S, W) :- way(S, V), hop(_, V, W), not pair(S, W, _).
    leads_on(V) :- hop(_, V, _).
    found(S) :- way(S, V), not leads_on(V).
    found(S) :- way(S, V), leads_on(V), not left(V), not meets(S, V).
"""
_CYCLES = """
    onward(V, W) :- hop(_, V, W), member(V), member(W).
    onward(V, X) :- onward(V, W), hop(_, W, X), member(X).
    bigger(V) :- onward(V, W), onward(W, V), W < V.
    found(V) :- onward(V, V), not bigger(V).
"""
_PROVED = {_MUST_NOT_REACH: 2, _LAST_HOP: 2, _NEAR: 2}


def program_of(rule: Rule) -> str:
    """The program that says what a rule's verb means."""
    near = "within" in rule.data
    if rule.verb == "must_not_cycle":
        return _CYCLES
    if rule.verb == "must_not_reach":
        return _LAST_HOP if "gate_on" in rule.data else _NEAR if near else _MUST_NOT_REACH
    if rule.data.get("every_way"):
        return _EVERY_WAY
    return _THROUGH if "through" in rule.data else _NEAR_ENOUGH if near else _MUST_REACH


def can(rule: Rule) -> bool:
    """Whether there is a program for the rule: none is for bounded walks that must pass something or are gated at their end."""
    return rule.verb != "must" and not ("within" in rule.data and {"through", "gate_on"} & set(rule.data))


def answer(naive: Naive, rule: Rule) -> set[tuple[str, str]]:
    """The subjects and targets of every finding of a path policy or of a policy about cycles; programs do not tell lengths."""
    control = Control(["--warn=none", f"--const=most={rule.data.get('within', 0)}"])
    control.add("base", [], program_of(rule))
    with control.backend() as backend:
        for fact in _facts(naive, rule):
            backend.add_rule([backend.add_atom(fact)])
    control.ground([("base", [])])
    found = [atom.symbol.arguments for atom in control.symbolic_atoms.by_signature("found", _PROVED.get(program_of(rule), 1))]
    return {(names[0].string, names[1].string if len(names) > 1 else "") for names in found}


def _facts(naive: Naive, rule: Rule) -> Iterator[Symbol]:
    for number, hop in enumerate(naive.hops(rule)):
        yield Function("hop", [Number(number), String(hop.source), String(hop.target)])
        for gate in hop.gates:
            yield Function("gate", [Number(number), String(gate)])
    if rule.verb == "must_not_cycle":
        for one in naive.world.things:
            if naive.matches(rule.data["all"], one) is not False:
                yield Function("member", [String(one)])
        return
    classes: dict[frozenset[str], int] = {}
    for subject in naive.subjects(rule):
        yield Function("subject", [String(subject)])
        for target in naive.targets(rule, subject):
            number = classes.setdefault(naive.fit(rule, subject, target), len(classes))
            yield Function("pair", [String(subject), String(target), Number(number)])
    for fit, number in classes.items():
        for gate in fit:
            yield Function("fit", [Number(number), String(gate)])
