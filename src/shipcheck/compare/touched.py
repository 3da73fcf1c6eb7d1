"""Whether a finding shows anything that the head has changed: only what it has not can be announced."""

from collections.abc import Collection
from functools import cached_property

from shipcheck.compare.components import ComponentChanges
from shipcheck.compare.made_edits import components_read
from shipcheck.graph.pairs import code_of
from shipcheck.model.finding import Finding


class Touched:
    """The components of the head that are new, have another name or other values, or whose code is in a changed file.

    `changed` are the changed paths from the top of the repository, `prefix` that of the judged folder.
    """

    def __init__(self, components: ComponentChanges, changed: Collection[str], prefix: str) -> None:
        self._components = components
        self._changed = changed
        self._prefix = prefix

    def __call__(self, finding: Finding) -> bool:
        """Whether the finding shows one of them."""
        return not self._untouched.issuperset(components_read(finding))

    @cached_property
    def _untouched(self) -> frozenset[str]:
        head = self._components.head
        same = {pair.after for pair in self._components.pairs if pair.how == "reference"}
        changed = {change.pair.after for change in self._components.fields}
        return frozenset(
            str(head.reference(node))
            for node in same - changed
            if not any(f"{self._prefix}{file}" in self._changed for file, _ in code_of(head, node))
        )
