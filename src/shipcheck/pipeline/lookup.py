"""Policies and components by the names that a user types."""

from shipcheck.compare.rules import RULES, rule_named
from shipcheck.english import did_you_mean, listed, nearest
from shipcheck.errors import UsageError
from shipcheck.graph.graph import Graph
from shipcheck.model.component import DEFAULT_NAMESPACE, Reference
from shipcheck.model.policy import Plan, Policy


def select_policies(plan: Plan, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The requested policies, all when none are named.

    Raises:
        UsageError: a name matches no policy, or several.
    """
    if not names:
        return plan.policies
    wanted = {find_policy(plan, name).name for name in names}
    return tuple(policy for policy in plan.policies if policy.name in wanted)


def find_policy(plan: Plan, name: str) -> Policy:
    """The policy with that full name, or with that id where it is unique.

    Raises:
        UsageError: there is none, or there are several.
    """
    matches = [policy for policy in plan.policies if name in {policy.name, policy.id}]
    if len({policy.name for policy in matches}) == 1:
        return matches[0]
    if matches:
        raise UsageError(f"'{name}' is ambiguous: {listed([policy.name for policy in matches])}; use the full name")
    if rule_named(name) is not None:
        raise UsageError(f"'{name}' is judged only against a base; run 'shipcheck check --base REVISION'")
    known = [spelling for policy in plan.policies for spelling in (policy.id, policy.name)]
    known += [spelling for rule in RULES for spelling in (rule.id, rule.name)]
    hint = did_you_mean(name, known) or "; list them with 'shipcheck explain'"
    raise UsageError(f"unknown policy '{name}'{hint}")


# Finding similar names takes long where there are very many, or where the text is not a name.
MOST_COMPARED = 20_000
LONGEST_NAME = 200
MOST_CHOICES = 5


def find_component(graph: Graph, text: str) -> int:
    """The node of a reference: `kind:namespace/name`, whose kind and namespace may be left out where one component is left.

    A name without a namespace means the default namespace first, since that is how its components are printed.

    Raises:
        UsageError: no component is called that, or several are.
    """
    kind, colon, rest = text.rpartition(":")
    space, slash, name = rest.rpartition("/")
    matches = [
        reference
        for reference in graph.index
        if reference.name == name and (not colon or reference.kind == kind) and (not slash or reference.namespace == space)
    ]
    if not slash:
        matches = [reference for reference in matches if reference.namespace == DEFAULT_NAMESPACE] or matches
    if len(matches) == 1:
        return graph.index[matches[0]]
    if matches:
        choices = [str(reference) for reference in sorted(matches)[:MOST_CHOICES]]
        raise UsageError(f"'{text}' is ambiguous: {listed(choices)}; use one of these names")
    raise UsageError(f"unknown component '{text}'{_hint(graph, text, kind if colon else '', name)}")


def _hint(graph: Graph, text: str, kind: str, name: str) -> str:
    """The component that was meant: one of that name, else one with a name that is near, of the same kind where there is one."""
    general = "; list them with 'shipcheck graph --format json'"
    if len(text) > LONGEST_NAME:
        return general
    namesakes = sorted(str(reference) for reference in graph.index if reference.name == name)
    if namesakes:
        return f"; did you mean '{nearest(text, namesakes) or namesakes[0]}'?"
    known = kind if graph.kinds.get(kind) else ""
    nodes = list(graph.nodes((known,) if known else tuple(graph.kinds)))[:MOST_COMPARED]
    return did_you_mean(text, {_spelled(graph.reference(node), with_kind=bool(kind)) for node in nodes}) or general


def _spelled(reference: Reference, *, with_kind: bool) -> str:
    return str(reference) if with_kind else reference.short
