"""A declared component, before and after its references are resolved."""

from typing import NamedTuple

from shipcheck.model.document import Mapping, Node, Scalar, Sequence, Source

DEFAULT_NAMESPACE = "default"


class Reference(NamedTuple):
    """A component's full name, printed as Backstage writes it."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.short}"

    @property
    def short(self) -> str:
        """The name, with the namespace unless it is the default one."""
        return self.name if self.namespace == DEFAULT_NAMESPACE else f"{self.namespace}/{self.name}"


class Mention(NamedTuple):
    """A reference as written in a manifest, not yet resolved; `node` is where."""

    text: str
    node: Scalar


class LinkItem(NamedTuple):
    """One item of a link field: a target and the gates that its hop passes, in order."""

    target: Mention
    through: tuple[Mention, ...]


class Component(NamedTuple):
    """One declared component.

    `values` holds what the manifest or a default gives, by field; a field that neither gives is not in it. Its references are
    `Mention`s until linking. `key` is its name as written in `section`; `inherited` has what the file's `defaults` give, by the
    name of the field, with that of its record before it if they give a part of a record: `owner`, `m-25-21.tested`.
    """

    reference: Reference
    key: Scalar
    section: str
    source: Source
    values: dict[str, object]
    inherited: dict[str, Node]

    def node_at(self, path: tuple[str | int, ...]) -> tuple[Scalar | None, Node] | None:
        """The key and the value written at a field path of names and list positions from 0; None where nothing is written.

        The key is None for an item of a list and for a value that the file's `defaults` give.
        """
        key: Scalar | None
        length = next((length for length in (1, 2) if ".".join(map(str, path[:length])) in self.inherited), 0)
        if length:
            key, node = None, self.inherited[".".join(map(str, path[:length]))]
        else:
            key, node = self.source.reopen(self.source.file)[self.section, self.key.text]
        for step in path[length:]:
            child = _step(node, step)
            if child is None:
                return None
            key, node = child
        return key, node


def _step(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(step, int):
        return (None, node.items[step]) if isinstance(node, Sequence) and step < len(node.items) else None
    return node.find(step) if isinstance(node, Mapping) else None


class Absence(NamedTuple):
    """A repository's statement that it has no AI component to declare."""

    source: Source
    place: Mapping
    owner: str
    date: str
    reason: str


class Manifest(NamedTuple):
    """What one valid manifest declares."""

    source: Source
    components: tuple[Component, ...]
    absence: Absence | None
