"""What happens to undeclared values: each part of a policy reads them towards a finding."""

from collections.abc import Iterator

from shipcheck.describe.bound_names import the
from shipcheck.describe.nouns import Nouns
from shipcheck.describe.reads import Read, ReadFinder
from shipcheck.describe.verb_forms import joined, spaced
from shipcheck.english import article, listed
from shipcheck.model.expression import Expression, Selector
from shipcheck.model.policy import EachLink, Must, MustNotReach, MustReach, Policy
from shipcheck.model.types import Type

GRADE = "a finding is"
Part = tuple[Expression | Selector | None, str]


def undeclared_outcomes(policy: Policy, nouns: Nouns, reader: ReadFinder) -> tuple[str, ...]:
    """For each part of a policy that can be unknown, a sentence: what can be undeclared, and what happens then.

    `nouns` names it, `reader` finds what a part reads.
    """
    names = {name: called.type for name, called in nouns.names.items()}
    outcomes, graded = [], set[str]()
    for value, outcome in _parts(policy):
        unknowns = list(_unknowns([read for read in reader.reads(value, names) if read.unsure], nouns))
        if outcome.startswith(GRADE):
            unknowns = [text for text in unknowns if text not in graded]
            graded.update(unknowns)
        if unknowns:
            outcomes.append(f"{joined(unknowns, 'or')}: {outcome}")
    return tuple(outcomes)


def _parts(policy: Policy) -> Iterator[Part]:
    """The parts of a policy, and what happens where one of them is unknown."""
    subject, verb = policy.subject, policy.verb
    if isinstance(subject, EachLink):
        yield subject.where, "the link is still judged"
    else:
        yield subject.selector, f"{the(subject.selector.kinds)} is still judged"
    if isinstance(verb, Must):
        yield verb.condition, "the requirement counts as not met"
    elif isinstance(verb, MustReach):
        yield verb.target, f"{the(verb.target.kinds)} does not count as a target"
        if verb.through is not None:
            yield verb.through, f"{the(verb.through.kinds)} does not count as passed"
    elif isinstance(verb, MustNotReach):
        yield verb.target, f"{the(verb.target.kinds)} counts as a target"
        if verb.unless_through is not None:
            yield verb.unless_through, f"{the(verb.unless_through.kinds)} does not qualify"
    for rung in policy.severity:
        if rung.when is not None:
            yield rung.when, f"{GRADE} {article(str(rung.severity))}"


def _unknowns(reads: list[Read], nouns: Nouns) -> Iterator[str]:
    """What can be unknown, of each kind of component in turn."""
    by_holder: dict[Type, list[Read]] = {}
    for read in reads:
        by_holder.setdefault(read.holder, []).append(read)
    for holder, group in by_holder.items():
        whose = the(holder.kinds) if holder.kinds else f"the {spaced(holder.record)}"
        values = [nouns.field(read.field, holder) for read in group if not read.is_yes_no]
        if values:
            yield f"the {listed(values)} of {whose}"
        yield from (nouns.question(read.field, holder, whose) for read in group if read.is_yes_no)
