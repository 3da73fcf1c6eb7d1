"""What a policy costs (P030): how often the graph is gone over for it."""

from shipcheck.model.expression import Path, Selector
from shipcheck.model.policy import MustNotReach, MustReach, Policy
from shipcheck.model.policy_check import Cost
from shipcheck.model.traverse import expressions_of


def cost_of(policy: Policy) -> Cost:
    """The cost of a policy by what its target and its gates read of the subject and of the target."""
    verb = policy.verb
    if not isinstance(verb, MustReach | MustNotReach):
        return Cost("linear")
    gates = verb.unless_through if isinstance(verb, MustNotReach) else None
    paths = (*_paths(verb.target, "from"), *_paths(gates, "from"), *_paths(gates, "to"))
    bare = tuple(dict.fromkeys(path.start for path in paths if not path.steps))
    if bare:
        return Cost("each", bare)
    reads = tuple(dict.fromkeys(_read(path) for path in paths))
    return Cost("values", reads) if reads else Cost("linear")


def _read(path: Path) -> str:
    return ".".join((path.start, *(step.name for step in path.steps)))


def _paths(selector: Selector | None, start: str) -> list[Path]:
    """The field paths in a selector that start at a name, in order of text."""
    paths = {part for part in expressions_of(selector) if isinstance(part, Path) and part.start == start}
    return sorted(paths, key=lambda path: path.text)
