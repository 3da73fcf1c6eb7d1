"""Selectors as noun phrases: `a sensitive action`, `an agent that is an entry`."""

from shipcheck.describe.clauses import Clauses, noun_of
from shipcheck.describe.verb_forms import several, spaced
from shipcheck.english import article, listed
from shipcheck.model.expression import Alternative, Matches, Selector


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
    """The selector that a named alternative stands for."""
    if isinstance(item.where, Matches) and item.where.name == item.name:
        return item.where.selector
    return Selector((Alternative(item.kinds, None),), item.where, item.name)
