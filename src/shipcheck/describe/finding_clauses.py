"""Clauses for findings: fields as they are written, and values where they are known."""

from shipcheck.describe.clauses import Clauses
from shipcheck.describe.nouns import Known, Name, WrittenNouns, nothing_known
from shipcheck.model.expression import Quantified
from shipcheck.model.types import TEXT
from shipcheck.vocabulary.vocabulary import Vocabulary


def written(vocabulary: Vocabulary, known: Known = nothing_known, elements: Quantified | None = None) -> Clauses:
    """Clauses by the names of manifests, and by the name that `elements` gives to each element of a list."""
    names = {}
    if elements is not None:
        names[elements.name] = Name(f"the {elements.name}", elements.items.type.item or TEXT)
    return Clauses(WrittenNouns(vocabulary, names, known=known))
