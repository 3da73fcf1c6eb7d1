"""One policy with everything that is computed from it alone, for as long as it is judged and explained."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from shipcheck.evaluate.compiler import Function
from shipcheck.evaluate.gates import GateMatcher
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.policy import Must, MustNotCycle, MustNotReach, MustReach, Policy
from shipcheck.model.traverse import paths_of, reads_base

Environment: TypeAlias = dict[str, object]
"""What the names in a condition mean: a node, a tuple of nodes, a record or another value for each."""


@dataclass(frozen=True, slots=True, eq=False)
class Prohibition:
    """A `must_not_reach`, with the matcher of the gates that it excepts.

    `target_reads` are the field paths that its target selector reads of the subject.
    """

    verb: MustNotReach
    gates: GateMatcher
    target_reads: tuple[Path, ...]


CompiledVerb: TypeAlias = Must | MustReach | Prohibition | MustNotCycle


class CompiledPolicy:
    """One policy over one graph. With `lacks_base` it compares with the base, and there is none."""

    def __init__(self, policy: Policy, view: GraphView, verb: CompiledVerb) -> None:
        self.policy = policy
        self.view = view
        self.verb = verb
        self.lacks_base = reads_base(policy) and not view.has_base
        self._functions: dict[tuple[Expression, tuple[str, ...]], Function] = {}
        self._parts: dict[Expression, tuple[Expression, ...]] = {}

    @property
    def along(self) -> tuple[str, ...]:
        """The links that the policy's paths follow; none for `must`."""
        match self.verb:
            case Must():
                return ()
            case Prohibition():
                return self.verb.verb.along
            case MustReach() | MustNotCycle():
                return self.verb.along
            case _:
                assert_never(self.verb)

    def value(self, expression: Expression, environment: Environment) -> object:
        """The value of one of the policy's expressions, with the names in `environment` bound; None where it is unknown."""
        key = (expression, tuple(environment))
        function = self._functions.get(key)
        if function is None:
            # Other policies have equal expressions, which take long to compare; in this table nearly all are the same object.
            function = self._functions[key] = self.view.conditions.function(*key)
        value: object = function(*environment.values())
        return value

    def parts(self, expression: Expression | None) -> tuple[Expression, ...]:
        """An expression and every expression in it; none for None."""
        if expression is None:
            return ()
        if expression not in self._parts:
            self._parts[expression] = tuple(expression.walk())
        return self._parts[expression]


class PolicyCompiler:
    """Compiles policies for one graph; those with equal gate selectors share a matcher."""

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self._matchers: dict[Selector | None, GateMatcher] = {}

    def compile(self, policy: Policy) -> CompiledPolicy:
        """The policy, ready to be judged."""
        verb = policy.verb
        return CompiledPolicy(policy, self._view, self._prohibition(verb) if isinstance(verb, MustNotReach) else verb)

    def _prohibition(self, verb: MustNotReach) -> Prohibition:
        matcher = self._matchers.get(verb.unless_through)
        if matcher is None:
            matcher = self._matchers[verb.unless_through] = GateMatcher(self._view, verb.unless_through)
        return Prohibition(verb, matcher, paths_of(verb.target.where, "from"))
