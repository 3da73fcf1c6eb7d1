"""What the tests of a policy have seen of it: every clause that evaluating it reaches, with the value that it has there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never, cast

from shipcheck.evaluate.compiled_policy import CompiledPolicy, Environment, Prohibition
from shipcheck.evaluate.subjects import group_names
from shipcheck.graph.graph import Node
from shipcheck.model.expression import (
    Both,
    Either,
    Expression,
    Matches,
    Not,
    Quantified,
    Selector,
)
from shipcheck.model.policy import EachComponent, EachLink, EachRemoved, Group, Must, MustNotCycle, MustReach
from shipcheck.model.report import PolicyResult
from shipcheck.model.traverse import aggregates_of, paths_of

# A fixture that a person writes shows everything long before this.
MOST_OBSERVATIONS = 50_000


class Observation(NamedTuple):
    """One value of one clause; `root` is the whole condition that the clause is in, `role` the key of the policy."""

    role: str
    root: Expression
    clause: Expression
    value: bool | None


class Observer:
    """Evaluates one policy clause by clause, as the evaluator does: what an earlier part decides is not evaluated."""

    def __init__(self, compiled: CompiledPolicy) -> None:
        self._compiled = compiled
        self._policy = compiled.policy
        self._view = compiled.view
        self._graph = compiled.view.graph
        self._seen: set[Observation] = set()
        self._left = MOST_OBSERVATIONS
        self._role = ""

    def observe(self, result: PolicyResult) -> frozenset[Observation]:
        """Every clause that is evaluated; those of the severity ladder are for the subjects that fail in `result`."""
        if self._compiled.lacks_base:
            return frozenset()
        self._view.meter.reset()
        failing = frozenset(finding.subject for finding in result.findings)
        verb = self._compiled.verb
        for environment, text in self._subjects():
            if self._left <= 0:
                break
            if isinstance(verb, Must):
                self._evaluate("must", verb.condition, environment)
            if text in failing:
                self._ladder(environment)
        match verb:
            case MustReach() | Prohibition():
                self._path_selectors(verb)
            case Must() | MustNotCycle():
                pass
            case _:
                assert_never(verb)
        return frozenset(self._seen)

    def _starts(self) -> tuple[Node, ...]:
        subject = self._policy.subject
        match subject:
            case EachRemoved():
                return self._view.removed_candidates(subject.selector)
            case EachComponent():
                return self._view.conditions.candidates(subject.selector).nodes
            case EachLink() | Group():
                return ()
            case _:
                assert_never(subject)

    def _subjects(self) -> Iterator[tuple[Environment, str]]:
        """What the names mean for each subject, and how it is printed."""
        subject = self._policy.subject
        match subject:
            case EachLink():
                yield from self._links(subject)
            case Group():
                kinds = subject.selector.kinds
                nodes = [node for node in self._graph.nodes(kinds) if self._may_match("all", subject.selector, node)]
                for environment in self._groups(subject, nodes):
                    yield environment, ""
            case EachRemoved():
                yield from self._components(subject.selector, self._view.removed(subject.selector.kinds))
            case EachComponent():
                yield from self._components(subject.selector, self._graph.nodes(subject.selector.kinds))
            case _:
                assert_never(subject)

    def _components(self, selector: Selector, nodes: Iterable[Node]) -> Iterator[tuple[Environment, str]]:
        for node in nodes:
            if self._may_match("each", selector, node):
                yield {"it": node, "subject": node, "from": node}, str(self._graph.reference(node))

    def _may_match(self, role: str, selector: Selector, node: Node) -> bool:
        self._role = role
        return self._selector(selector, {"it": node}) is not False

    def _links(self, subject: EachLink) -> Iterator[tuple[Environment, str]]:
        for number, edge in enumerate(self._graph.edges):
            if edge.link not in subject.links:
                continue
            gates = tuple(sorted(set(self._view.gates_of(edge.target, number))))
            environment: Environment = {"from": edge.source, "to": edge.target, "through": edge.gates, "gates": gates}
            if subject.where is None or self._evaluate("each", subject.where, environment) is not False:
                ends = f"{self._graph.reference(edge.source)} {edge.link} {self._graph.reference(edge.target)}"
                yield environment, ends

    def _groups(self, subject: Group, nodes: list[Node]) -> Iterator[Environment]:
        groups: dict[tuple[object, ...], list[Node]] = {}
        for node in nodes:
            groups.setdefault(tuple(self._compiled.value(path, {"it": node}) for path in subject.per), []).append(node)
        for values, members in groups.items():
            yield group_names(subject, tuple(members), values)

    def _ladder(self, environment: Environment) -> None:
        ladder, verb = self._policy.severity, self._compiled.verb
        environments = [environment]
        if any(paths_of(rung.when, "to") for rung in ladder) and isinstance(verb, Prohibition):
            targets = self._view.conditions.candidates(verb.verb.target).nodes
            environments = [{**environment, "to": target} for target in targets]
        for bound in environments:
            for rung in ladder:
                if rung.when is None or self._evaluate("severity", rung.when, bound) is not False:
                    break

    def _path_selectors(self, verb: MustReach | Prohibition) -> None:
        """Evaluate the selectors of a policy about paths, for all subjects and targets that they may name."""
        subjects = self._starts()
        bound: list[Environment] = [{"from": subject} for subject in subjects]
        match verb:
            case MustReach():
                self._may_match_any("must_reach", verb.target, bound)
                if verb.through is not None:
                    self._may_match_any("through", verb.through, bound)
            case Prohibition():
                targets = self._may_match_any("must_not_reach", verb.verb.target, bound)
                if verb.gates.selector is not None:
                    pairs: list[Environment] = [{"from": subject, "to": target} for subject in subjects for target in targets]
                    self._may_match_any("unless_through", verb.gates.selector, pairs, self._view.gates_in_use)
            case _:
                assert_never(verb)

    def _may_match_any(
        self, role: str, selector: Selector, bound: Iterable[Environment], nodes: Iterable[Node] | None = None
    ) -> list[Node]:
        """The components, of `nodes` or of its kinds, that a selector does not rule out for every environment in `bound`."""
        names = [name for name in ("from", "to") if paths_of(selector.where, name)]
        environments = [{name: environment[name] for name in names} for environment in bound]
        distinct = [dict(pairs) for pairs in dict.fromkeys(tuple(environment.items()) for environment in environments)]
        matching: dict[Node, None] = {}
        for node in self._graph.nodes(selector.kinds) if nodes is None else nodes:
            for environment in distinct:
                self._role = role
                if self._left > 0 and self._selector(selector, {"it": node, **environment}) is not False:
                    matching[node] = None
        return list(matching)

    def _selector(self, selector: Selector, environment: Environment) -> bool | None:
        node = environment["it"]
        kind = self._graph.reference(node).kind if isinstance(node, int) else ""
        wide: bool | None = False
        for alternative in selector.alternatives:
            if kind not in alternative.kinds:
                continue
            where = alternative.where
            value = True if where is None else self._clause(where, {"it": node}, where, wrapped=True)
            wide = True if value or wide else value if value is None else wide
        if wide is False or selector.where is None:
            return wide
        narrow = self._clause(selector.where, environment, selector.where)
        return narrow if wide or narrow is False else None

    def _evaluate(self, role: str, condition: Expression, environment: Environment) -> bool | None:
        self._role = role
        return self._clause(condition, environment, condition)

    def _clause(self, part: Expression, environment: Environment, root: Expression, *, wrapped: bool = False) -> bool | None:
        """Evaluate one part of `root` and note its value; a named selector that only wraps another one is not noted itself."""
        match part:
            case Not():
                value = self._clause(part.part, environment, root)
                return None if value is None else not value
            case Both() | Either():
                return self._joined(part, environment, root)
            case Quantified():
                self._elements(part.items, part.condition, part.name, environment, root)
            case Matches():
                node = self._compiled.value(part.part, environment)
                if isinstance(node, int):
                    self._selector(part.selector, {"it": node})
            case _:
                self._aggregates(part, environment, root)
        value = self._value(part, environment)
        if not (wrapped and isinstance(part, Matches)):
            self._seen.add(Observation(self._role, root, part, value))
            self._left -= 1
        return value

    def _joined(self, part: Both | Either, environment: Environment, root: Expression) -> bool | None:
        decided = isinstance(part, Either)
        result: bool | None = not decided
        for inner in part.parts:
            value = self._clause(inner, environment, root)
            if value is decided:
                return decided
            if value is None:
                result = None
        return result

    def _aggregates(self, part: Expression, environment: Environment, root: Expression) -> None:
        """Evaluate the conditions that a clause applies to the elements of a list, or to the members of a group."""
        for aggregate in aggregates_of(part):
            if aggregate.items is not None and aggregate.part is not None:
                self._elements(aggregate.items, aggregate.part, aggregate.name, environment, root)
            elif aggregate.part is not None and aggregate.part.type.name == "yes_no":
                members = environment.get("members", ())
                for member in members if isinstance(members, tuple) else ():
                    self._clause(aggregate.part, {"it": member}, root)

    def _elements(self, items: Expression, condition: Expression, name: str, environment: Environment, root: Expression) -> None:
        elements = self._compiled.value(items, environment)
        for element in elements if isinstance(elements, tuple) else ():
            if element is not None and self._left > 0:
                self._clause(condition, {**environment, name: element}, root)

    def _value(self, part: Expression, environment: Environment) -> bool | None:
        return cast("bool | None", self._compiled.value(part, environment))
