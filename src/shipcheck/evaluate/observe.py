"""What the tests of a policy have seen of it: every clause that evaluating comes to, with the value that it has there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shipcheck.evaluate.world import World
from shipcheck.model.expression import Both, Either, Expression, Matches, Not, Quantified, Selector
from shipcheck.model.policy import EachComponent, EachLink, EachRemoved, Group, Must, MustNotReach, MustReach, Policy
from shipcheck.model.report import PolicyResult
from shipcheck.model.traverse import aggregates_of, paths_of, reads_base

Environment = dict[str, object]
# A world that a person writes as a test shows everything long before this.
MOST_OBSERVATIONS = 50_000


class Observation(NamedTuple):
    """One value of one clause; `root` is the whole condition in which the clause stands, `role` the key of the policy."""

    role: str
    root: Expression
    clause: Expression
    value: bool | None


class Observer:
    """Evaluates policies clause by clause over one world, as the evaluator does: what an earlier part decides is not asked."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._graph = world.graph
        self._seen: set[Observation] = set()
        self._left = MOST_OBSERVATIONS
        self._role = ""

    def observe(self, policy: Policy, result: PolicyResult) -> frozenset[Observation]:
        """Every clause that is asked for over this world; steps of the severity ladder are asked for what fails."""
        self._seen = set()
        self._left = MOST_OBSERVATIONS
        if reads_base(policy) and not self._world.has_base:
            return frozenset()
        self._world.meter.fill()
        failing = frozenset(finding.subject for finding in result.findings)
        for environment, text in self._subjects(policy):
            if self._left <= 0:
                break
            if isinstance(policy.verb, Must):
                self._ask("must", policy.verb.condition, environment)
            if text in failing:
                self._ladder(policy, environment)
        if isinstance(policy.verb, MustReach | MustNotReach):
            self._walks(policy.verb, self._starts(policy))
        return frozenset(self._seen)

    def _starts(self, policy: Policy) -> tuple[int, ...]:
        subject = policy.subject
        if isinstance(subject, EachRemoved):
            return self._world.removed(subject.selector)
        return self._world.candidates(subject.selector) if isinstance(subject, EachComponent) else ()

    def _subjects(self, policy: Policy) -> Iterator[tuple[Environment, str]]:
        """What the names mean for each subject, and how it is printed."""
        subject = policy.subject
        if isinstance(subject, EachLink):
            yield from self._links(subject)
        elif isinstance(subject, Group):
            nodes = [node for node in self._graph.nodes(subject.selector.kinds) if self._matches("all", subject.selector, node)]
            for environment in self._groups(subject, nodes):
                yield environment, ""
        else:
            kinds = subject.selector.kinds
            for node in self._world.gone(kinds) if isinstance(subject, EachRemoved) else self._graph.nodes(kinds):
                if self._matches("each", subject.selector, node):
                    yield {"it": node, "subject": node, "from": node}, str(self._graph.reference(node))

    def _matches(self, role: str, selector: Selector, node: int) -> bool:
        self._role = role
        return self._selector(selector, {"it": node}) is not False

    def _links(self, subject: EachLink) -> Iterator[tuple[Environment, str]]:
        for number, edge in enumerate(self._graph.edges):
            if edge.link not in subject.links:
                continue
            gates = tuple(sorted(set(self._world.gates_of(edge.target, number))))
            environment: Environment = {"from": edge.source, "to": edge.target, "through": edge.gates, "gates": gates}
            if subject.where is None or self._ask("each", subject.where, environment) is not False:
                ends = f"{self._graph.reference(edge.source)} {edge.link} {self._graph.reference(edge.target)}"
                yield environment, ends

    def _groups(self, subject: Group, nodes: list[int]) -> Iterator[Environment]:
        functions = [self._world.expression(path, ("it",)) for path in subject.per]
        groups: dict[tuple[object, ...], list[int]] = {}
        for node in nodes:
            groups.setdefault(tuple(function(node) for function in functions), []).append(node)
        for values, members in groups.items():
            named = {path.text.replace(".", "_"): value for path, value in zip(subject.per, values, strict=True)}
            yield {"members": tuple(members), **named}

    def _ladder(self, policy: Policy, environment: Environment) -> None:
        targets = [environment]
        if any(paths_of(rung.when, "to") for rung in policy.severity) and isinstance(policy.verb, MustNotReach):
            targets = [{**environment, "to": target} for target in self._world.candidates(policy.verb.target)]
        for bound in targets:
            for rung in policy.severity:
                if rung.when is None or self._ask("severity", rung.when, bound) is not False:
                    break

    def _walks(self, verb: MustReach | MustNotReach, subjects: tuple[int, ...]) -> None:
        role = "must_reach" if isinstance(verb, MustReach) else "must_not_reach"
        targets = self._ends(role, verb.target, [{"from": subject} for subject in subjects])
        if isinstance(verb, MustReach) and verb.through is not None:
            self._ends("through", verb.through, [{"from": subject} for subject in subjects])
        if isinstance(verb, MustNotReach) and verb.unless_through is not None:
            pairs: list[Environment] = [{"from": subject, "to": target} for subject in subjects for target in targets]
            self._ends("unless_through", verb.unless_through, pairs, self._gates())

    def _ends(self, role: str, selector: Selector, bound: Iterable[Environment], nodes: Iterable[int] | None = None) -> list[int]:
        """The components that a selector does not rule out, for some meaning of the names that it uses."""
        names = [name for name in ("from", "to") if paths_of(selector.where, name)]
        environments = [{name: names_bound[name] for name in names} for names_bound in bound]
        distinct = [dict(pairs) for pairs in dict.fromkeys(tuple(environment.items()) for environment in environments)]
        found: dict[int, None] = {}
        for node in self._graph.nodes(selector.kinds) if nodes is None else nodes:
            for environment in distinct:
                self._role = role
                if self._left > 0 and self._selector(selector, {"it": node, **environment}) is not False:
                    found[node] = None
        return list(found)

    def _gates(self) -> list[int]:
        """The components that stand as a gate on some hop."""
        named = {gate for edge in self._graph.edges for gate in edge.gates}
        return sorted(named.union(*self._world.guards.values()))

    def _selector(self, selector: Selector, environment: Environment) -> bool | None:
        node = environment["it"]
        kind = self._graph.reference(node).kind if isinstance(node, int) else ""
        wide: bool | None = False
        for alternative in selector.alternatives:
            if kind not in alternative.kinds:
                continue
            where = alternative.where
            value = True if where is None else self._walk(where, {"it": node}, where, wrapped=True)
            wide = True if value or wide else value if value is None else wide
        if wide is False or selector.where is None:
            return wide
        narrow = self._walk(selector.where, environment, selector.where)
        return narrow if wide or narrow is False else None

    def _ask(self, role: str, condition: Expression, environment: Environment) -> bool | None:
        self._role = role
        return self._walk(condition, environment, condition)

    def _walk(self, part: Expression, environment: Environment, root: Expression, *, wrapped: bool = False) -> bool | None:
        if isinstance(part, Not):
            value = self._walk(part.part, environment, root)
            return None if value is None else not value
        if isinstance(part, Both | Either):
            return self._joined(part, environment, root)
        self._inside(part, environment, root)
        value = self._value(part, environment)
        if not (wrapped and isinstance(part, Matches)):
            self._seen.add(Observation(self._role, root, part, value))
            self._left -= 1
        return value

    def _joined(self, part: Both | Either, environment: Environment, root: Expression) -> bool | None:
        decided = isinstance(part, Either)
        result: bool | None = not decided
        for inner in part.parts:
            value = self._walk(inner, environment, root)
            if value is decided:
                return decided
            if value is None:
                result = None
        return result

    def _inside(self, part: Expression, environment: Environment, root: Expression) -> None:
        """The conditions that a clause asks of the elements of a list, of the members of a group, or of another component."""
        if isinstance(part, Quantified):
            self._elements(part.items, part.condition, part.name, environment, root)
        elif isinstance(part, Matches):
            node: object = self._world.expression(part.part, tuple(environment))(*environment.values())
            if isinstance(node, int):
                self._selector(part.selector, {"it": node})
        else:
            for aggregate in aggregates_of(part):
                if aggregate.items is not None and aggregate.part is not None:
                    self._elements(aggregate.items, aggregate.part, aggregate.name, environment, root)
                elif aggregate.part is not None and aggregate.part.type.name == "yes_no":
                    members = environment.get("members", ())
                    for member in members if isinstance(members, tuple) else ():
                        self._walk(aggregate.part, {"it": member}, root)

    def _elements(self, items: Expression, condition: Expression, name: str, environment: Environment, root: Expression) -> None:
        found: object = self._world.expression(items, tuple(environment))(*environment.values())
        for item in found if isinstance(found, tuple) else ():
            if item is not None and self._left > 0:
                self._walk(condition, {**environment, name: item}, root)

    def _value(self, part: Expression, environment: Environment) -> bool | None:
        names = tuple(environment)
        value: bool | None = self._world.expression(part, names)(*environment.values())
        return value
