"""The components of head and base compared: pairs first, then what changed in each pair, and what is gone."""

from collections.abc import Mapping
from typing import NamedTuple

from shipcheck.compare.field_changes import IsThere, field_changes, listed_changes, weakened
from shipcheck.compare.gone import gone
from shipcheck.compare.graph_changes import graph_changes
from shipcheck.compare.rewritten import rewritten
from shipcheck.graph.graph import Graph
from shipcheck.graph.pairs import pairs, references_became
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.report import PolicyResult
from shipcheck.vocabulary.vocabulary import Vocabulary


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


def compare_components(base: Graph, head: Graph, vocabulary: Vocabulary, is_there: IsThere) -> ComponentChanges:
    """Compare every component of the head with those of the base that it was; `is_there` looks for code in the head."""
    found = pairs(base, head)
    paired = {pair.before for pair in found}
    fields = field_changes(base, head, found, vocabulary, is_there)
    return ComponentChanges(
        (*listed_changes(fields), *graph_changes(base, head, found)),
        (weakened(base, head, fields, len(found)), gone(base, head, found, is_there), *rewritten(base, head, found, vocabulary)),
        references_became(base, head, found),
        frozenset(base.reference(node) for node in range(len(base.components)) if node not in paired),
        frozenset(str(change.reference) for change in fields if change.raises_risk),
    )
