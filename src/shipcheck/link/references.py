"""Resolves written references to components."""

from collections.abc import Collection

from shipcheck.english import article, listed, nearest
from shipcheck.graph.graph import Node
from shipcheck.model.component import Component, Mention, Reference
from shipcheck.model.location import Location
from shipcheck.model.problem import MAX_PROBLEMS, Problem

# The maximum number of character pairs compared in search of similar names: about a second's worth.
MOST_COMPARED = 20_000_000
UNKNOWN_NAMESPACE = "unknown-namespace"
DANGLING = "dangling-reference"
_EVEN_FOR_NOTHING = 10


class NamesFullError(Exception):
    """So many names are wrong that listing more does not help."""


class Names:
    """Every declared name, and the problems found while resolving references."""

    def __init__(self, index: dict[Reference, int], components: tuple[Component, ...]) -> None:
        self._index = index
        self._components = components
        self._namespaces = {reference.namespace for reference in index}
        self._known: dict[tuple[tuple[str, ...], str], dict[str, int]] = {}
        self._kinds = {reference.kind for reference in index}
        self._left_to_compare = MOST_COMPARED
        self.problems: dict[Problem, None] = {}

    def known(self, kinds: tuple[str, ...], component: Component) -> dict[str, int]:
        """References resolved before for these kinds in the component's namespace: nodes by the text that names them."""
        return self._known.setdefault((kinds, component.reference.namespace), {})

    def resolve(self, mention: Mention, kinds: tuple[str, ...], component: Component) -> Node | None:
        """The node of one of `kinds` that `component` mentions; None after reporting a problem."""
        known = self.known(kinds, component)
        node = known.get(mention.text)
        if node is None:
            node = self._look_up(mention, kinds, component)
            if node is not None:
                known[mention.text] = node
        return node

    def _look_up(self, mention: Mention, kinds: tuple[str, ...], component: Component) -> Node | None:
        prefix, colon, rest = mention.text.rpartition(":")
        space, slash, name = rest.rpartition("/")
        namespace = space if slash else component.reference.namespace
        wanted = (prefix,) if colon else kinds
        matches = [ref for kind in wanted if (ref := Reference(kind, namespace, name)) in self._index]
        if len(matches) == 1:
            return self._index[matches[0]]
        if matches:
            self._complain_ambiguous(mention, matches, component)
        elif namespace not in self._namespaces:
            near = self._near(namespace, self._namespaces)
            hint = f"; did you mean '{near}'?" if near else ""
            message = f"namespace '{namespace}' not found in this repository or its packs{hint}"
            self._complain(mention, component, UNKNOWN_NAMESPACE, message)
        else:
            self._complain_missing(mention, Reference(wanted[0], namespace, name), wanted, component)
        return None

    def _complain_ambiguous(self, mention: Mention, matches: list[Reference], component: Component) -> None:
        choices = listed([f"{reference.kind}:{mention.text}" for reference in matches])
        meanings = listed([str(reference) for reference in matches], "and")
        message = f"'{mention.text}' is ambiguous between {meanings}; write {choices}"
        related = tuple((self._place(reference), f"{reference} is declared here") for reference in matches)
        self._complain(mention, component, "ambiguous-reference", message, related)

    def _complain_missing(self, mention: Mention, wanted: Reference, kinds: tuple[str, ...], component: Component) -> None:
        others = [ref for kind in self._kinds - {*kinds} if (ref := wanted._replace(kind=kind)) in self._index]
        expected = listed([article(kind) for kind in kinds])
        if others:
            other = min(others)
            message = f"'{mention.text}' is {article(other.kind)}; expected {expected}"
            self._complain(mention, component, "wrong-kind", message, self._declared(other))
            return
        near = self._nearest(wanted, kinds) if self._left_to_compare > 0 else None
        related = self._declared(near) if near else ()
        hint = f"did you mean '{near.name}'?" if near else "declare it or correct the name"
        message = f"{listed(kinds)} '{mention.text}' not found; {hint}"
        self._complain(mention, component, DANGLING, message, related)

    def _nearest(self, wanted: Reference, kinds: tuple[str, ...]) -> Reference | None:
        names = {ref.name: ref for ref in self._index if ref.kind in kinds and ref.namespace == wanted.namespace}
        name = self._near(wanted.name, names)
        return names[name] if name else None

    def _near(self, word: str, candidates: Collection[str]) -> str | None:
        cost = (len(word) + _EVEN_FOR_NOTHING) * sum(len(candidate) + _EVEN_FOR_NOTHING for candidate in candidates)
        self._left_to_compare -= cost
        return nearest(word, candidates) if self._left_to_compare >= 0 else None

    def _declared(self, reference: Reference) -> tuple[tuple[Location, str], ...]:
        return ((self._place(reference), f"{reference} is declared here"),)

    def _place(self, reference: Reference) -> Location:
        component = self._components[self._index[reference]]
        return component.source.locate(component.key)

    def _complain(
        self,
        mention: Mention,
        component: Component,
        code: str,
        message: str,
        related: tuple[tuple[Location, str], ...] = (),
    ) -> None:
        problem = Problem(component.source.locate(mention.node), code, message, related)
        if problem not in self.problems and len(self.problems) >= MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} names are wrong; fix these first"
            self.problems[Problem(problem.location, "too-many-problems", message)] = None
            raise NamesFullError
        self.problems[problem] = None

    def complain_twin(self, mention: Mention, first: Mention, component: Component) -> None:
        """Report that `component` mentions in a list what `first` mentions before; a list counts its members."""
        related = ((component.source.locate(first.node), "first given here"),)
        message = f"'{mention.text}' is in the list twice; keep one"
        self._complain(mention, component, "duplicate-item", message, related)
