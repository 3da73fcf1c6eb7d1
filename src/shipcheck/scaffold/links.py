"""Links and chains of them in a draft, found by the vocabulary."""

from collections.abc import Iterator

from shipcheck.scaffold.draft import Draft, Holder
from shipcheck.vocabulary.vocabulary import FlowSpec, Vocabulary


class Links:
    """Draws links between the components of drafts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def connect(self, draft: Draft, start: Holder, name: str, end: Holder) -> Draft:
        """The draft with a link of that name, read forwards or backwards, from one component to another."""
        spec = self._vocabulary.kinds[start.kind].links.get(name)
        if spec is not None:
            if spec.single:
                return draft.put(start, name, end.name)
            existing = list(draft.get(start, name) or [])
            return draft if end.name in existing else draft.put(start, name, [*existing, end.name])
        forward = next((link for link in self._vocabulary.backward[name] if end.kind in self._sources(link, start.kind)), None)
        # A component that is only the target of a hop has no link of that name.
        return draft if forward is None else self.connect(draft, end, forward, start)

    def _sources(self, link: str, target: str) -> list[str]:
        return [kind.name for kind in self._vocabulary.kinds.values() if link in kind.links and target in kind.links[link].to]

    def linked(self, draft: Draft, start: Holder, name: str) -> list[Holder]:
        """The components that a link leads to, in a draft."""
        spec = self._vocabulary.kinds[start.kind].links.get(name)
        if spec is not None:
            value = draft.get(start, name) or []
            names = [value] if isinstance(value, str) else value
            return [
                Holder(f"{kind}:{_target(item)}")
                for item in names
                for kind in spec.to
                if f"{kind}:{_target(item)}" in draft.components
            ]
        holders = []
        for reference in draft.components:
            other = Holder(reference)
            for link in self._vocabulary.backward.get(name, ()):
                own = self._vocabulary.kinds[other.kind].links.get(link)
                if own is not None and start in self.linked(draft, other, link):
                    holders.append(other)
        return holders

    def chain(self, draft: Draft, start: Holder, along: tuple[str, ...], end: Holder) -> Iterator[Draft]:
        """The draft with a shortest chain of these links between two components, with new components in between."""
        for hops in self._routes(start.kind, along, end.kind):
            current, place = draft, start
            for name, kind in hops[:-1]:
                current, following = current.add(kind)
                current = self.connect(current, place, name, following)
                place = following
            yield self.connect(current, place, hops[-1][0], end)

    def _routes(self, start: str, along: tuple[str, ...], end: str) -> Iterator[list[tuple[str, str]]]:
        """The shortest paths between two kinds, as the names of links with the kinds that they lead to."""
        front: list[tuple[str, list[tuple[str, str]]]] = [(start, [])]
        seen: set[str] = set()
        reached = False
        while front and not reached:
            following = []
            for kind, hops in front:
                for name in along:
                    for target in self._vocabulary.targets(kind, name):
                        if target == end:
                            reached = True
                            yield [*hops, (name, target)]
                        elif target not in seen:
                            following.append((target, [*hops, (name, target)]))
            seen.update(kind for kind, _ in following)
            front = following

    def seed(self, draft: Draft, flow: FlowSpec, onto: Holder) -> Iterator[tuple[Draft, Holder, str]]:
        """The draft with a component that gives the flow's value to another, and the field that it gives it by."""
        for kind, name in flow.seeds.items():
            if kind == onto.kind:
                yield draft, onto, name
        for kind, name in flow.seeds.items():
            there = [Holder(reference) for reference in draft.components if reference.startswith(f"{kind}:")]
            for step in flow.steps:
                for giver in there:
                    for linked in self.chain(draft, giver, step, onto):
                        yield linked, giver, name
                built, giver = draft.add(kind)
                for linked in self.chain(built, giver, step, onto):
                    yield linked, giver, name


def _target(item: object) -> object:
    return item["to"] if isinstance(item, dict) else item
