"""The components of head and base compared: pairs first, then what changed in each pair, and what is gone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from shipcheck.compare.derived import Derived
from shipcheck.compare.field_changes import Failing, FieldChange, IsThere, field_changes, listed_changes, weakened
from shipcheck.compare.gone import Gone, removal
from shipcheck.compare.graph_changes import graph_changes, linked
from shipcheck.compare.gravity import Gravity
from shipcheck.compare.made_edits import addition
from shipcheck.compare.people import unfit
from shipcheck.compare.rewritten import rewritten
from shipcheck.compare.rules import WEAKENED, Difference, result
from shipcheck.compare.weaker import Declared
from shipcheck.graph.graph import EdgeNumber, Graph, Node
from shipcheck.graph.pairs import Pair, references_became
from shipcheck.model.change import Change
from shipcheck.model.component import Reference
from shipcheck.model.edit import Edit
from shipcheck.model.report import PolicyResult


class Code(NamedTuple):
    """Where code is in the head: `is_there` looks in the file that the base named, `is_left` anywhere."""

    is_there: IsThere
    is_left: IsThere


class ComponentChanges(NamedTuple):
    """What differs between the components of two graphs.

    `names` gives the names in the head of components that the base calls otherwise, `missing` those that nothing was; `riskier`
    are those of the head with other code, more effects or a higher risk. `fields` are the changed fields and links of the
    `pairs`, whose components are those of the base and of `head`.
    """

    changes: tuple[Change, ...]
    results: tuple[PolicyResult, ...]
    names: Mapping[str, tuple[str, ...]]
    missing: frozenset[Reference]
    riskier: frozenset[str]
    fields: tuple[FieldChange, ...]
    pairs: tuple[Pair, ...]
    head: Graph


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
            *rewritten(declared, found, fields, gravity),
        ),
        references_became(base, head, found),
        frozenset(base.reference(node) for node in range(len(base.components)) if node not in paired),
        frozenset(str(change.reference) for change in fields if change.raises_risk),
        fields,
        found,
        head,
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
    more = _additions(declared, found)
    for item in unfit(declared, found, gravity, failing):
        yield item._replace(edits=_edits_of_people(item.subject, fields, more))
    edits = _EditsOfLinks(declared, found, fields)
    for fall in Derived(declared, lost, left.without_code()).fallen(found, gravity):
        yield fall.difference._replace(edits=edits.of(fall.links))


def _additions(declared: Declared, found: tuple[Pair, ...]) -> tuple[Edit, ...]:
    """The edits that bring what people control."""
    head, vocabulary, kept = declared.head, declared.vocabulary, {pair.after for pair in found}
    return tuple(addition(head, node, vocabulary) for node in head.nodes(vocabulary.decisive.judged) if node not in kept)


def _edits_of_people(subject: str, fields: tuple[FieldChange, ...], more: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edit of a field that names people, and all that can lead to a finding about these; none if it has not changed."""
    own = [change.edit for change in fields if f"{change.reference}[{change.field}]" == subject]
    others = [change.edit for change in fields if change.is_link or change.names_people]
    return tuple(dict.fromkeys((*own, *others, *more))) if own else ()


class _EditsOfLinks:
    """The edits that took away links of the base: of their field, or of the component that has them or that they lead to."""

    def __init__(self, declared: Declared, found: tuple[Pair, ...], fields: tuple[FieldChange, ...]) -> None:
        self._declared = declared
        self._paired = {pair.before for pair in found}
        self._changes: dict[tuple[Node, str], list[Edit]] = {}
        for change in fields:
            if change.is_link:
                self._changes.setdefault((change.pair.before, change.field), []).append(change.edit)

    def of(self, links: Iterable[EdgeNumber]) -> tuple[Edit, ...]:
        """The edits of these links, in their order, each once."""
        base, vocabulary = self._declared.base, self._declared.vocabulary
        edits: list[Edit] = []
        for number in sorted(links):
            edge = base.edges[number]
            edits += self._changes.get((edge.source, edge.link), ())
            edits += [removal(base, node, vocabulary) for node in (edge.source, edge.target) if node not in self._paired]
        return tuple(dict.fromkeys(edits))
