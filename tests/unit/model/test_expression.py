"""Every kind of expression says which expressions it consists of."""

from dataclasses import fields
from typing import Any, get_args

import pytest

from shipcheck.model.expression import Alternative, BaseExpression, Both, Expression, Literal_, Matches, Not, Path, Selector
from shipcheck.model.traverse import expressions_of, paths_of
from shipcheck.model.types import NUMBER, YES_NO, component

SAMPLES: dict[str, Any] = {
    "type": YES_NO, "text": "text", "value": 1, "reference": ("team", "default", "a"), "start": "it", "steps": (),
    "operator": "==", "pattern": "*", "word": "count", "name": "x",
    "selector": Selector((), None, "team"), "rank": (), "parameter": "",
}  # fmt: skip
INNER = frozenset({"part", "parts", "left", "right", "items", "condition"})


def literal(number: int) -> Literal_:
    """A constant that can be told from others."""
    return Literal_(NUMBER, str(number), number)


def sample(kind: type[Any]) -> tuple[Expression, list[Expression]]:
    """An expression of a kind, and the expressions that it was given."""
    values: dict[str, Any] = {}
    given: list[Expression] = []
    for field in fields(kind):
        if not field.init:
            continue
        if field.name in INNER:
            several = str(field.type).startswith("tuple")
            inner = tuple(literal(len(given) + number) for number in range(2 if several else 1))
            given.extend(inner)
            values[field.name] = inner if several else inner[0]
        else:
            values[field.name] = SAMPLES[field.name]
    return kind(**values), given


@pytest.mark.parametrize("kind", get_args(Expression), ids=lambda kind: str(kind.__name__))
def test_children_are_all_that_an_expression_was_given(kind: type[BaseExpression]) -> None:
    expression, given = sample(kind)
    assert list(expression.children()) == given
    assert list(expression.walk()) == [expression, *given]


def test_a_walk_comes_to_each_expression_before_its_children() -> None:
    one, two, three = (Path(YES_NO, name, name, ()) for name in ("a", "b", "c"))
    negated = Not(YES_NO, "not a", one)
    both = Both(YES_NO, "not a and b", (negated, two))
    whole = Both(YES_NO, "not a and b and c", (both, three))
    assert list(whole.walk()) == [whole, both, negated, one, two, three]
    assert paths_of(whole, "b") == (two,)


def test_expressions_of_a_selector_include_those_of_the_selectors_that_it_names_once() -> None:
    own = Path(YES_NO, "active", "it", ())
    named = Selector((Alternative(("team",), None),), own, "team where active")
    subject = Path(component("team"), "it", "it", ())
    matches = Matches(YES_NO, "it is named", subject, named, "named")
    selector = Selector((Alternative(("team",), matches),), Not(YES_NO, "not it is named", matches), "named")
    found = list(expressions_of(selector))
    assert set(found) == {selector.where, matches, subject, own}
    assert len(found) == len(set(found))
    assert own not in list(matches.walk())
