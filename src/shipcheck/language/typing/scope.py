"""The meaning of names in an expression, by its place."""

from dataclasses import dataclass, field, replace

from shipcheck.language.analysis.possible import Effort
from shipcheck.model.expression import Selector
from shipcheck.model.policy import Parameter
from shipcheck.model.types import Type
from shipcheck.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Symbols:
    """What a whole pack shares: the vocabulary, its selectors and its parameters.

    `used` collects the names that occur, `reads` the parameters of each selector; `broken` names the selectors, with a `$` the
    parameters, that are declared but wrong, and with a `.` the keys of packs with such fields. `effort` limits the search for
    contradictions.
    """

    vocabulary: Vocabulary
    selectors: dict[str, Selector]
    parameters: dict[str, Parameter]
    used: set[str] = field(default_factory=set, compare=False)
    reads: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    broken: set[str] = field(default_factory=set, compare=False)
    effort: Effort = field(default_factory=Effort, compare=False)

    def parameters_used(self) -> frozenset[str]:
        """The parameters among the names in `used`, and those of the selectors among them."""
        own = frozenset(name[1:] for name in self.used if name.startswith("$"))
        return own.union(*(self.reads.get(name, frozenset()) for name in self.used))


@dataclass(frozen=True, slots=True)
class Scope:
    """Bound names and their types; bare names are fields of the one called `implicit`.

    In a group, aggregates see members, and the group itself has only the values that its members share, in `bound`. The names in
    `lost` belong to something whose problem is already reported, so their problems are not reported again.
    """

    names: dict[str, Type]
    implicit: str | None = None
    group: bool = False
    bound: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()

    def bind(self, name: str, bound: Type, *, implicit: bool = False) -> "Scope":
        """This scope with `name` for a value of type `bound`; with `implicit`, field paths without a name start there."""
        names, lost = {**self.names, name: bound}, self.lost - {name}
        return replace(self, names=names, implicit=name if implicit else self.implicit, group=False, lost=lost)

    def member(self) -> "Scope":
        """The scope of one member of the group."""
        names = {name: type_ for name, type_ in self.names.items() if name not in self.bound}
        return Scope(names, self.implicit, lost=self.lost)

    def is_lost(self, word: str) -> bool:
        """Whether a field path that begins with this word begins with something that is itself wrong."""
        return word in self.lost or (word not in self.names and self.implicit in self.lost)


def lost_scope(*, group: bool = False) -> Scope:
    """The scope if the subject is wrong."""
    return Scope({}, "it", group=group, lost=frozenset({"it", "subject", "from", "to", "through", "gates"}))
