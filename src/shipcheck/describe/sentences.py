"""A policy in plain English: its typed tree as sentences."""

from collections.abc import Iterable, Iterator

from shipcheck.describe.bound_names import names_of, reads_base, reads_of
from shipcheck.describe.clauses import Clauses, Joined, noun_of
from shipcheck.describe.cost import cost_of
from shipcheck.describe.nouns import Name, Nouns
from shipcheck.describe.reads import ReadFinder
from shipcheck.describe.undeclared import undeclared_outcomes
from shipcheck.describe.verb_forms import kinds_one, several, spaced, to_be_done
from shipcheck.english import article, counted, listed
from shipcheck.model.explain import Line, PolicyInEnglish
from shipcheck.model.expression import Alternative, Expression, Matches, Selector
from shipcheck.model.policy import (
    EachLink,
    EachRemoved,
    Group,
    Must,
    MustNotReach,
    MustReach,
    Pack,
    Policy,
    Severity,
)
from shipcheck.model.types import component
from shipcheck.vocabulary.vocabulary import Vocabulary

# Nested parts are written on one line up to this length, and as a list beyond it.
LONGEST = 90
LONGEST_SENTENCE = 240
# A component with more conditions is described part by part.
MOST_PARTS = 2


def policy_in_english(policy: Policy, pack: Pack, vocabulary: Vocabulary) -> PolicyInEnglish:
    """A `policy` in plain English, with the parameters of its `pack` that it uses."""
    nouns = Nouns(vocabulary, names_of(policy, vocabulary))
    clauses = Clauses(nouns)
    reader = ReadFinder(vocabulary)
    asks = tuple(_asks(policy, clauses))
    severity = _severity(policy, clauses)
    reads = reader.summary(*reads_of(policy, reader, nouns))
    return PolicyInEnglish(
        policy=policy,
        asks=asks,
        means=tuple(_means(clauses)),
        severity=severity,
        unknown=undeclared_outcomes(policy, nouns, reader),
        words=tuple(sorted(nouns.words.items())),
        parameters=tuple(parameter for parameter in pack.parameters if parameter.name in policy.parameters),
        cost=cost_of(policy),
        reads=reads,
        own_fields=tuple(dict(_own_fields(reads.fields, vocabulary)).items()),
    )


def _own_fields(names: Iterable[str], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The fields of packs among these, without their kinds, and the description of each."""
    for name in names:
        kind, _, path = name.partition(".")
        key, _, field = path.partition(".")
        holder = vocabulary.kinds[kind].fields.get(key) if kind in vocabulary.kinds else None
        if field and holder is not None and holder.pack and holder.record:
            yield path, holder.record.fields[field].description


def _asks(policy: Policy, clauses: Clauses) -> Iterator[Line]:
    verb, subject = policy.verb, policy.subject
    if isinstance(verb, Must):
        yield from _must(_subject(policy, clauses), verb.condition, clauses)
    elif isinstance(verb, MustNotReach):
        yield from _described(f"{_capital(_subject(policy, clauses))} must not reach", verb.target, clauses)
        yield from _path_lines(verb.along, verb.within)
        if verb.unless_through is not None:
            yield Line(0, _gate(verb, verb.unless_through, clauses))
    elif isinstance(verb, MustReach):
        yield from _reach(_subject(policy, clauses), verb, clauses)
    elif isinstance(subject, Group):
        yield Line(0, f"No path between {many(clauses, subject.selector)} may form a cycle.")
        yield from _path_lines(verb.along, None)
    if reads_base(policy):
        yield Line(0, "Without a base revision to compare with, there is nothing to judge.")


def _described(lead: str, selector: Selector, clauses: Clauses) -> Iterator[Line]:
    """Something said of a component that a selector matches; a condition of many parts is said part by part."""
    about = _about(clauses, selector)
    parsed = about.parse(selector.where, wanted=True) if selector.where is not None else None
    nested = isinstance(parsed, Joined) and any(isinstance(about.parse(part, wanted=flag), Joined) for part, flag in parsed.parts)
    if isinstance(parsed, Joined) and (nested or len(parsed.parts) > MOST_PARTS):
        plain = one(about, Selector(selector.alternatives, None, selector.text))
        which = "all of these are true" if parsed.word == "and" else "at least one of these is true"
        yield Line(0, f"{lead} {plain} for which {which}:")
        yield from _parts(parsed, about, 1)
    else:
        yield Line(0, f"{lead} {one(about, selector)}.")


def _subject(policy: Policy, clauses: Clauses) -> str:
    """What the policy judges, one by one or together."""
    subject = policy.subject
    if isinstance(subject, EachLink):
        start, end = clauses.nouns.names["from"], clauses.nouns.names["to"]
        links = listed([f"'{link}'" for link in subject.links])
        text = f"each link {links} from {_introduced(start)} to {_introduced(end)}"
        return f"{text}, {clauses.relative(subject.where, 'link')}" if subject.where is not None else text
    if isinstance(subject, Group):
        together = many(clauses, subject.selector)
        if not subject.per:
            return f"all {together}, taken together"
        shared = listed([path.owned or path.text for path in (clauses.nouns.path(path) for path in subject.per)], "and")
        return f"each {shared}, taking together all {together}"
    text = f"each {one(clauses, subject.selector, bare=True)}"
    return f"{text} that is in the base revision but no longer in this one" if isinstance(subject, EachRemoved) else text


def _introduced(name: Name) -> str:
    return f"a{name.text.removeprefix('the')}" if name.text.startswith(("the first", "the second")) else article(name.text[4:])


def _must(subject: str, condition: Expression, clauses: Clauses) -> Iterator[Line]:
    parsed = clauses.parse(condition, wanted=True)
    spread = clauses.spread(condition, wanted=True) if len(clauses.say(condition)) > LONGEST_SENTENCE else None
    if spread is not None:
        clause, inner, parts = spread
        yield Line(0, f"For {subject}, {clause.demand}:")
        yield from _parts(parts, inner, 1)
    elif isinstance(parsed, Joined):
        each = "all of these must be true" if parsed.word == "and" else "at least one of these must be true"
        yield Line(0, f"For {subject}, {each}:")
        yield from _parts(parsed, clauses, 1)
    elif parsed.subject.is_name and parsed.subject.text == "it":
        yield Line(0, f"{_capital(subject)} must {to_be_done(parsed.verb)}.")
    else:
        yield Line(0, f"For {subject}, {parsed.demand}.")


def _parts(joined: Joined, clauses: Clauses, depth: int) -> Iterator[Line]:
    for part, wanted in joined.parts:
        parsed = clauses.parse(part, wanted=wanted)
        text = clauses.say(part, wanted=wanted)
        if isinstance(parsed, Joined) and len(text) > LONGEST:
            yield Line(depth, "all of these:" if parsed.word == "and" else "at least one of these:")
            yield from _parts(parsed, clauses, depth + 1)
        else:
            yield Line(depth, text)


def _path_lines(along: tuple[str, ...], within: int | None) -> Iterator[Line]:
    most = f", with at most {counted(within, 'hop')}" if within else ""
    yield Line(0, f"A path follows the {'links' if len(along) > 1 else 'link'} {listed(along, 'and')}{most}.")


def _gate(verb: MustNotReach, selector: Selector, clauses: Clauses) -> str:
    gate = one(_about(clauses, selector), selector)
    target = clauses.nouns.names["to"].text
    if verb.last_hop:
        return f"A path is allowed if, directly before {target} or as its guard, it passes {gate}."
    return f"A path is allowed if it passes {gate}."


def _about(clauses: Clauses, selector: Selector) -> Clauses:
    """Clauses in which bare fields are those of what the selector matches."""
    return Clauses(clauses.nouns.bind("it", Name("it", component(*selector.kinds))))


def _reach(subject: str, verb: MustReach, clauses: Clauses) -> Iterator[Line]:
    target = one(_about(clauses, verb.target), verb.target)
    yield Line(0, f"{'Every' if verb.every_way else 'At least one'} path from {subject} must lead to {target}.")
    yield from _path_lines(verb.along, verb.within)
    if verb.every_way:
        yield Line(0, "No path may end, or stay in a cycle, before that.")
    if verb.through is not None:
        yield Line(0, f"Before that, the path must pass {one(_about(clauses, verb.through), verb.through)}.")


def _means(clauses: Clauses) -> Iterator[Line]:
    """What the named selectors mean that were mentioned, and those that these mention."""
    done: set[str] = set()
    while waiting := [name for name in clauses.nouns.selectors if name not in done]:
        for name in waiting:
            done.add(name)
            selector = clauses.nouns.selectors[name]
            yield from _described(f"{_capital(article(noun_of(name, selector.kinds)))} is", selector, clauses)


def _severity(policy: Policy, clauses: Clauses) -> str:
    ladder = policy.severity
    if len(ladder) == 1:
        text = f"A finding is {article(str(ladder[0].severity))}."
    else:
        own = clauses.nouns.names.get("it")
        # A link has two ends with names of their own, and no name itself.
        the_own = clauses.nouns.bind("it", Name(f"the {kinds_one(own.type.kinds)}", own.type)) if own else clauses.nouns
        about = Clauses(the_own)
        steps = [f"{article(str(rung.severity))} if {about.say(rung.when)}" for rung in ladder if rung.when is not None]
        text = f"A finding is {', '.join(steps)}, and otherwise {article(str(ladder[-1].severity))}."
    if policy.at_most < Severity.ERROR:
        return f"{text} A pack lowers it to at most {article(str(policy.at_most))}."
    raised = policy.at_least > Severity.NOTE
    return f"{text} Settings or packs raise it to at least {article(str(policy.at_least))}." if raised else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def one(clauses: Clauses, selector: Selector, *, bare: bool = False) -> str:
    """One component that matches, with its article unless it is to be `bare`."""
    nouns = listed(_nouns(clauses, selector))
    return _narrowed(clauses, nouns if bare else article(nouns), selector)


def many(clauses: Clauses, selector: Selector) -> str:
    """All components that match."""
    return _narrowed(clauses, listed([several(noun) for noun in _nouns(clauses, selector)], "and"), selector)


def _nouns(clauses: Clauses, selector: Selector) -> list[str]:
    """What the components of each alternative are called: each kind, or the name of a selector with its kinds."""
    items = _alternatives(clauses, selector)
    return [noun for item in items for noun in ([noun_of(item.name, item.kinds)] if item.name else map(spaced, item.kinds))]


def _narrowed(clauses: Clauses, text: str, selector: Selector) -> str:
    return f"{text} {clauses.relative(selector.where, 'it')}" if selector.where is not None else text


def _alternatives(clauses: Clauses, selector: Selector) -> tuple[Alternative, ...]:
    for item in selector.alternatives:
        if item.name and item.where is not None:
            clauses.nouns.selectors[item.name] = _meant(item)
    return selector.alternatives


def _meant(item: Alternative) -> Selector:
    """The selector that a named alternative means."""
    if isinstance(item.where, Matches) and item.where.name == item.name:
        return item.where.selector
    return Selector((Alternative(item.kinds, None),), item.where, item.name)
