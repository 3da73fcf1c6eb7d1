"""A plan judged over a graph."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from shipcheck.evaluate.findings import Findings, Subject
from shipcheck.evaluate.paths import PathSearch
from shipcheck.evaluate.shown import shown
from shipcheck.evaluate.world import World
from shipcheck.graph.graph import Graph
from shipcheck.model.expression import Path
from shipcheck.model.finding import Finding
from shipcheck.model.policy import EachComponent, EachLink, Group, Must, MustNotReach, MustReach, Policy, Verb
from shipcheck.model.report import PolicyResult, Result
from shipcheck.vocabulary.types import Vocabulary

MISSING_GROUP = "(missing)"
# Beyond these, findings of one policy are counted and no longer listed.
MOST_FINDINGS = 2000


class Evaluator:
    """Judges policies over one graph on one day."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary, today: date) -> None:
        self._world = World(graph, vocabulary, today)
        self._graph = graph
        self._search = PathSearch(self._world)
        self._findings = Findings(self._world, self._search)

    @property
    def world(self) -> World:
        """The world that is judged, with all that was compiled for it."""
        return self._world

    def evaluate(self, policy: Policy) -> PolicyResult:
        """How one policy comes out: a policy that matches nothing is not applicable, never passed."""
        subject, verb = policy.subject, policy.verb
        if isinstance(subject, EachComponent):
            return self._components(policy, verb, self._world.candidates(subject.selector))
        if not isinstance(verb, Must):  # pragma: no cover - path verbs start from components, which compiling ensures
            raise TypeError(f"{policy.name} walks from something other than components")
        subjects = tuple(self._links(subject) if isinstance(subject, EachLink) else self._groups(subject))
        if not subjects:
            return _result(policy, 0, 0, ())
        test = self._condition(verb, tuple(subjects[0].environment))
        failed = [item for item in subjects if test(*item.environment.values()) is not True]
        return _result(policy, len(subjects), len(failed), self._unmet(policy, verb, failed[:MOST_FINDINGS]), _beyond(failed))

    def _components(self, policy: Policy, verb: Verb, nodes: tuple[int, ...]) -> PolicyResult:
        if isinstance(verb, MustNotReach):
            reached = self._search.must_not_reach(nodes, verb)
            findings = self._findings.open_walks(policy, verb, reached.walks)
            return _result(policy, len(nodes), len(reached.failing), findings, reached.unlisted)
        if isinstance(verb, MustReach):
            lost = sorted(self._search.must_reach(nodes, verb))
            listed = (self._component_subject(node) for node in lost[:MOST_FINDINGS])
            findings = tuple(self._findings.dead_end(policy, item) for item in listed)
            return _result(policy, len(nodes), len(lost), findings, _beyond(lost))
        if not nodes:
            return _result(policy, 0, 0, ())
        test = self._condition(verb, ("it", "subject", "from"))
        failed = [node for node in nodes if test(node, node, node) is not True]
        findings = self._unmet(policy, verb, [self._component_subject(node) for node in failed[:MOST_FINDINGS]])
        return _result(policy, len(nodes), len(failed), findings, _beyond(failed))

    def _condition(self, verb: Must, names: tuple[str, ...]) -> Callable[..., bool | None]:
        return self._world.expression(verb.condition, names)

    def _unmet(self, policy: Policy, verb: Must, failed: list[Subject]) -> tuple[Finding, ...]:
        return tuple(self._findings.unmet(policy, subject, verb.condition) for subject in failed)

    def _component_subject(self, node: int) -> Subject:
        return Subject(
            str(self._graph.reference(node)), {"it": node, "subject": node, "from": node}, self._graph.place(node), node
        )

    def _links(self, subject: EachLink) -> Iterable[Subject]:
        test = self._world.expression(subject.where, ("from", "to", "through", "gates")) if subject.where else None
        met: dict[str, int] = {}
        chosen = [(number, edge) for number, edge in enumerate(self._graph.edges) if edge.link in subject.links]
        # Items between the same two are counted as they are written, so that a gate's name does not change which is the second.
        for number, edge in sorted(chosen, key=lambda pair: (pair[1].source, pair[1].link, pair[1].target, pair[1].item)):
            gates = tuple(sorted(set(self._world.gates_of(edge.target, number))))
            environment: dict[str, object] = {"from": edge.source, "to": edge.target, "through": edge.gates, "gates": gates}
            text = f"{self._graph.reference(edge.source)} {edge.link} {self._graph.reference(edge.target)}"
            met[text] = met.get(text, 0) + 1
            if test is None or test(*environment.values()) is not False:
                text = text if met[text] == 1 else f"{text}#{met[text]}"
                yield Subject(text, environment, self._graph.edge_place(edge), edge.source)

    def _groups(self, subject: Group) -> Iterable[Subject]:
        functions = [self._world.expression(path, ("it",)) for path in subject.per]
        groups: dict[tuple[object, ...], list[int]] = {}
        for node in self._world.candidates(subject.selector):
            groups.setdefault(tuple(function(node) for function in functions), []).append(node)
        for values, members in sorted(groups.items(), key=lambda item: item[1][0]):
            yield self._group(subject, values, tuple(members))

    def _group(self, subject: Group, values: tuple[object, ...], members: tuple[int, ...]) -> Subject:
        texts = [
            MISSING_GROUP if value is None else shown(self._graph, value, path.type)
            for path, value in zip(subject.per, values, strict=True)
        ]
        named = dict(zip((_per_name(path) for path in subject.per), values, strict=True))
        environment: dict[str, object] = {"members": members, **named}
        node = values[0] if len(values) == 1 and subject.per[0].type.name == "component" else None
        if isinstance(node, int):
            return Subject(str(self._graph.reference(node)), environment, self._graph.place(members[0]), node)
        inside = ", ".join(f"{path.text}={text}" for path, text in zip(subject.per, texts, strict=True))
        text = f"{' or '.join(subject.selector.kinds)}[{inside}]"
        return Subject(text, environment, self._graph.place(members[0]), None)


def _per_name(path: Path) -> str:
    return path.text.replace(".", "_")


def _beyond(failed: Sequence[object]) -> int:
    return max(0, len(failed) - MOST_FINDINGS)


def _result(policy: Policy, subjects: int, failed: int, findings: tuple[Finding, ...], unlisted: int = 0) -> PolicyResult:
    word: Result = "fail" if failed else "pass" if subjects else "not_applicable"
    gravest = max(policy.severity[0].severity, policy.at_least)
    return PolicyResult(policy.name, word, subjects, failed, findings, unlisted, gravest)
