"""The components of head and base compared: pairs first, then what changed in each pair, and what is gone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shipcheck.compare.derived import Derived
from shipcheck.compare.field_changes import Failing, FieldChange, IsThere, field_changes, listed_changes, weakened
from shipcheck.compare.gone import Gone
from shipcheck.compare.graph_changes import graph_changes, linked
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.people import unfit
from shipcheck.compare.rules import WEAKENED, Difference, result
from shipcheck.compare.weaker import Declared
from shipcheck.graph.pairs import Pair, references_became
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.report import PolicyResult


class Code(NamedTuple):
    """Where code is in the head: `is_there` looks in the file that the base named, `is_left` anywhere."""

    is_there: IsThere
    is_left: IsThere


class ComponentChanges(NamedTuple):
    """What differs between the components of two graphs.

    `names` gives the names in the head of components that the base calls otherwise, `missing` those that nothing was; `riskier`
    are those of the head with other code, more effects or a higher risk.
    """

    changes: tuple[Change, ...]
    results: tuple[PolicyResult, ...]
    names: Mapping[str, tuple[str, ...]]
    missing: frozenset[Reference]
    riskier: frozenset[str]


def compare_components(
    declared: Declared, found: Iterable[Pair], code: Code, gravity: Gravity, failing: Failing = frozenset()
) -> ComponentChanges:
    """Compare every component of the head with those of the base that it was, in the pairs `found`.

    `failing` are the findings of policies.
    """
    found, base, head = tuple(found), declared.base, declared.head
    paired = {pair.before for pair in found}
    fields, left = (
        field_changes(declared, found, code.is_there, failing),
        Gone(base, head, found, declared.vocabulary, code.is_left),
    )
    listed = graph_changes(base, head, found)
    return ComponentChanges(
        (*listed_changes(fields, linked(listed)), *listed),
        (
            result(WEAKENED, list(_weakened(declared, found, fields, left, gravity, failing)), len(found)),
            left.result(gravity),
        ),
        references_became(base, head, found),
        frozenset(base.reference(node) for node in range(len(base.components)) if node not in paired),
        frozenset(str(change.reference) for change in fields if change.raises_risk),
    )


def _weakened(
    declared: Declared,
    found: tuple[Pair, ...],
    fields: tuple[FieldChange, ...],
    left: Gone,
    gravity: Gravity,
    failing: Failing,
) -> Iterator[Difference]:
    """What is weaker: fields and links as they are written, then people, then values that are derived from links."""
    lost = [number for change in fields for number in change.lost]
    yield from weakened(fields, gravity)
    yield from unfit(declared, found, gravity, failing)
    yield from Derived(declared, lost, left.without_code()).fallen(found, gravity)
