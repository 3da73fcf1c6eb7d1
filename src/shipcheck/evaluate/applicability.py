"""Whether a policy applies to two components: what excludes one of them, and what includes one that is not certain."""

from dataclasses import dataclass
from typing import Literal

from shipcheck.english import listed
from shipcheck.evaluate.compiled_policy import CompiledPolicy
from shipcheck.evaluate.floor_reasons import FloorReasons
from shipcheck.evaluate.reasons import ReasonFinder
from shipcheck.graph.graph import Node
from shipcheck.model.expression import Selector
from shipcheck.model.finding import Reason
from shipcheck.model.policy import EachComponent, MustNotReach, MustReach

# A longer selector is left to `shipcheck explain`; the reasons say which part of it matters.
LONGEST_SELECTOR = 60


@dataclass(frozen=True, slots=True)
class Applicability:
    """`excluded` says why a policy does not apply, and is empty where it does; `reasons` are those of the selector.

    `assumed` are the missing fields for which a component is included.
    """

    excluded: str = ""
    reasons: tuple[Reason, ...] = ()
    assumed: tuple[str, ...] = ()


def applicability(compiled: CompiledPolicy, reasons: ReasonFinder, start: Node, end: Node) -> Applicability:
    """Whether a policy about paths applies to `start` as its subject and `end` as its target."""
    policy = compiled.policy
    subject, verb = policy.subject, policy.verb
    if compiled.lacks_base:
        return Applicability("it compares with a base revision, and there is none")
    if not isinstance(verb, MustNotReach | MustReach) or not isinstance(subject, EachComponent):  # pragma: no cover
        raise TypeError(f"{policy.name} is not about paths")
    selected = _Selection(compiled, reasons)
    first = selected.of("subject", subject.selector, {"it": start}, certainly=False)
    if first.excluded:
        return first
    second = selected.of("target", verb.target, {"it": end, "from": start}, certainly=isinstance(verb, MustReach))
    return second if second.excluded else Applicability(assumed=tuple(dict.fromkeys((*first.assumed, *second.assumed))))


class _Selection:
    """Applies the selectors of one policy."""

    def __init__(self, compiled: CompiledPolicy, reasons: ReasonFinder) -> None:
        self._view = compiled.view
        self._reasons = reasons
        self._floors = FloorReasons(compiled)

    def of(
        self, role: Literal["subject", "target"], selector: Selector, bound: dict[str, Node], *, certainly: bool
    ) -> Applicability:
        """Whether a selector includes the component bound to `it`; an uncertain one counts, unless it must match `certainly`."""
        reference = self._view.graph.reference(bound["it"])
        if reference.kind not in selector.kinds:
            return Applicability(f"{reference} is not a {role}: the policy's {role}s are of kind {listed(selector.kinds)}")
        included = self._view.conditions.test(selector, tuple(bound))(*bound.values())
        reasons = tuple(self._reasons.of_selector(selector, dict(bound)))
        if included is False or (certainly and included is None):
            doubt = "not" if included is False else "not certainly"
            text = " ".join(selector.text.split())
            named = f" ({text})" if len(text) <= LONGEST_SELECTOR else ""
            return Applicability(f"{reference} is {doubt} a {role}{named}", reasons)
        missing = [reason.field for reason in reasons if reason.missing and reason.field]
        return Applicability(assumed=(*missing, *self._floors.undeclared(selector, bound["it"])))
