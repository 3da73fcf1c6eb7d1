"""What the names that policies bind are called, and what a whole policy looks at."""

from collections.abc import Iterator

from shipcheck.describe.nouns import Name, Nouns
from shipcheck.describe.reads import Read, ReadFinder
from shipcheck.describe.verb_forms import kinds_one
from shipcheck.model.expression import Expression, Path, Selector
from shipcheck.model.policy import EachLink, EachRemoved, Group, Must, MustNotReach, MustReach, Policy
from shipcheck.model.traverse import expressions_of
from shipcheck.model.types import component, list_of
from shipcheck.vocabulary.vocabulary import Vocabulary

MOST_KINDS = 3


def the(kinds: tuple[str, ...]) -> str:
    """Components of these kinds as something already mentioned."""
    return f"the {kinds_one(kinds)}" if len(kinds) <= MOST_KINDS else "the component"


def names_of(policy: Policy, vocabulary: Vocabulary) -> dict[str, Name]:
    """The names that a policy's conditions can use, and how each is called."""
    subject, verb = policy.subject, policy.verb
    if isinstance(subject, EachLink):
        return _names_of_link(subject, vocabulary)
    kinds = subject.selector.kinds
    own = component(*kinds)
    if isinstance(subject, Group):
        shared = {path.text.replace(".", "_"): Name(f"the {path.text.replace('.', ' ')}", path.type) for path in subject.per}
        return {"it": Name("they", own, plural=True), "subject": Name(the(kinds), own), **shared}
    names = {"it": Name("it", own), "subject": Name("it", own)}
    if isinstance(verb, MustReach | MustNotReach):
        start, end = _ends(kinds, verb.target.kinds)
        names |= {"from": Name(start, own), "to": Name(end, component(*verb.target.kinds))}
    return names


def _ends(start: tuple[str, ...], end: tuple[str, ...]) -> tuple[str, str]:
    """How the two ends of a path are called, so that they differ."""
    if set(start) & set(end):
        return f"{the(start)} at the start", f"{the(end)} at the end"
    return the(start), the(end)


def _names_of_link(subject: EachLink, vocabulary: Vocabulary) -> dict[str, Name]:
    owners = [kind for kind in vocabulary.kinds.values() if set(subject.links) & set(kind.links)]
    sources = tuple(sorted(kind.name for kind in owners))
    targets = tuple(
        sorted({end for kind in owners for link in subject.links if link in kind.links for end in kind.links[link].to})
    )
    gates = list_of(component("gate"))
    apart = bool(set(sources) & set(targets))
    first, second = ("first ", "second ") if apart else ("", "")
    return {
        "from": Name(f"the {first}{the(sources)[4:]}", component(*sources)),
        "to": Name(f"the {second}{the(targets)[4:]}", component(*targets)),
        "through": Name("the gates that the link names", gates, plural=True),
        "gates": Name("the gates that the link names and those that guard its end", gates, plural=True),
    }


def reads_of(policy: Policy, reader: ReadFinder, nouns: Nouns) -> tuple[tuple[Read, ...], tuple[str, ...]]:
    """Everything that a policy reads, and the names of the links that its paths follow; `nouns` has the types of its names."""
    names = {name: called.type for name, called in nouns.names.items()}
    reads = tuple(read for value in values_of(policy) for read in reader.reads(value, names))
    verb = policy.verb
    along = () if isinstance(verb, Must) else verb.along
    guards = ("guarded_by",) if isinstance(verb, MustNotReach) and verb.unless_through is not None else ()
    links = policy.subject.links if isinstance(policy.subject, EachLink) else ()
    return reads, (*links, *along, *guards)


def values_of(policy: Policy) -> Iterator[Expression | Selector | None]:
    """The conditions, selectors and values of a policy, those of its message last."""
    subject, verb = policy.subject, policy.verb
    if isinstance(subject, EachLink):
        yield subject.where
    else:
        yield subject.selector
        yield from subject.per if isinstance(subject, Group) else ()
    if isinstance(verb, Must):
        yield verb.condition
    elif isinstance(verb, MustReach):
        yield from (verb.target, verb.through)
    elif isinstance(verb, MustNotReach):
        yield from (verb.target, verb.unless_through)
    yield from (rung.when for rung in policy.severity)
    yield from (part for part in policy.message if isinstance(part, Expression))


def reads_base(policy: Policy) -> bool:
    """Whether a policy compares with the base revision."""
    read = (part for value in values_of(policy) for part in expressions_of(value) if isinstance(part, Path))
    return isinstance(policy.subject, EachRemoved) or any(step.source == "base" for path in read for step in path.steps)
