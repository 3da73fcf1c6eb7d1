"""Whether a policy is about two components: what leaves one of them out, and what takes one in that nobody declared."""

from dataclasses import dataclass

from shipcheck.english import listed
from shipcheck.evaluate.provenance import Environment
from shipcheck.evaluate.reasons import Blame
from shipcheck.evaluate.world import World
from shipcheck.model.expression import Selector
from shipcheck.model.finding import Reason
from shipcheck.model.policy import EachComponent, MustNotReach, MustReach, Policy
from shipcheck.model.traverse import reads_base

WALKS = (MustNotReach, MustReach)
# A longer selector is left to `shipcheck explain`; the reasons say which part of it matters.
LONGEST_SELECTOR = 60


@dataclass(frozen=True, slots=True)
class Scope:
    """`left_out` says what leaves a component out, and is empty where the policy is about both.

    `assumed` are the fields whose absence took a component in.
    """

    left_out: str = ""
    reasons: tuple[Reason, ...] = ()
    assumed: tuple[str, ...] = ()


class Scopes:
    """Asks policies about walks over one world."""

    def __init__(self, world: World, blame: Blame) -> None:
        self._world = world
        self._blame = blame

    def of(self, policy: Policy, start: int, end: int) -> Scope:
        """What a policy makes of two components as its subject and its target."""
        verb, subject = policy.verb, policy.subject
        if reads_base(policy) and not self._world.has_base:
            return Scope("it compares with a base revision, and none is given")
        if not isinstance(verb, WALKS) or not isinstance(subject, EachComponent):  # pragma: no cover - compiling ensures it
            raise TypeError(f"{policy.name} is not about walks")
        first = self._taken("subjects", subject.selector, {"it": start}, certainly=False)
        if first.left_out:
            return first
        second = self._taken("targets", verb.target, {"it": end, "from": start}, certainly=isinstance(verb, MustReach))
        return second if second.left_out else Scope(assumed=tuple(dict.fromkeys((*first.assumed, *second.assumed))))

    def _taken(self, role: str, selector: Selector, environment: Environment, *, certainly: bool) -> Scope:
        """Whether a selector takes in a component, bound to `it`; one that is not certain counts unless it has to be."""
        node = environment["it"]
        if not isinstance(node, int):  # pragma: no cover - selectors are only asked about components
            raise TypeError(f"{node!r} is not a component")
        reference = self._world.graph.reference(node)
        text = " ".join(selector.text.split())
        if reference.kind not in selector.kinds:
            return Scope(f"{reference} is not among its {role}, which are of the kind {listed(selector.kinds)}")
        taken = self._world.selector(selector, tuple(environment))(*environment.values())
        reasons = tuple(self._blame.selector(selector, environment))
        if taken is False or (certainly and taken is None):
            doubt = "not" if taken is False else "not certainly"
            named = f", {text}" if len(text) <= LONGEST_SELECTOR else ""
            return Scope(f"{reference} is {doubt} among its {role}{named}", reasons)
        return Scope(assumed=tuple(reason.field for reason in reasons if reason.missing and reason.field))
