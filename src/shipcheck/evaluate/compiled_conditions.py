"""The conditions and selectors of all policies, compiled for one graph; equal ones share what was compiled and found for them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from shipcheck.evaluate.compiler import Accessors, Emitter, Function
from shipcheck.graph.graph import Graph, Node
from shipcheck.model.expression import Alternative, Expression, Path, Selector

Test = Callable[..., bool | None]


@dataclass(frozen=True, slots=True, eq=False)
class NodeGroup:
    """Nodes to which a search applies together, with the groups into which the values of field paths split them.

    A group is the key of what is computed for it. Groups are therefore compared as objects, never node by node: ask for the same
    selector, or the same split of the same group, to get the same group.
    """

    nodes: tuple[Node, ...]
    splits: "dict[tuple[Path, ...], list[NodeGroup]]" = field(default_factory=dict)


class CompiledConditions:
    """Functions and tests over one graph. Conditions evaluate to True, False or None (unknown), selectors likewise."""

    def __init__(self, graph: Graph, accessors: Accessors) -> None:
        self._graph = graph
        self._accessors = accessors
        self._functions: dict[tuple[Expression, tuple[str, ...]], Function] = {}
        self._selections: dict[tuple[Expression, tuple[str, ...], tuple[str, ...], tuple[bool | None, ...]], Function] = {}
        self._tests: dict[tuple[Alternative, ...], Test] = {}
        self._candidates: dict[Selector, NodeGroup] = {}

    def function(self, expression: Expression, names: tuple[str, ...]) -> Function:
        """The function of an expression, with one argument for each of `names`, in their order."""
        key = (expression, names)
        function = self._functions.get(key)
        if function is None:
            function = self._functions[key] = Emitter(self._accessors, names, self).function(expression)
        return function

    def select(
        self, expression: Expression, names: tuple[str, ...], nodes: Iterable[Node], *keep: bool | None, **fixed: Node
    ) -> list[Node]:
        """Those of `nodes`, in order, for which a condition evaluates to one of `keep`.

        `names` all mean the node; the condition may also use the names in `fixed`, which mean the node given there.
        """
        nodes = tuple(nodes)
        if not nodes:
            return []
        key = (expression, names, tuple(fixed), keep)
        selection = self._selections.get(key)
        if selection is None:
            emitter = Emitter(self._accessors, (*names, *fixed), self)
            selection = self._selections[key] = emitter.selection(expression, tuple(fixed), keep=keep)
        selected: list[Node] = selection(nodes, *fixed.values())
        return selected

    def matching(self, selector: Selector, nodes: Sequence[Node], *, certainly: bool, **fixed: Node) -> list[Node]:
        """Those of `nodes` that match a selector or, if not `certainly`, that may; `fixed` are the other names that it uses."""
        wide = self._wide(selector)
        if certainly:
            matching = [node for node in nodes if wide(node)]
            return matching if selector.where is None else self.select(selector.where, ("it",), matching, True, **fixed)  # noqa: FBT003
        matching = [node for node in nodes if wide(node) is not False]
        return matching if selector.where is None else self.select(selector.where, ("it",), matching, True, None, **fixed)  # noqa: FBT003

    def test(self, selector: Selector, names: tuple[str, ...] = ("it",)) -> Test:
        """A test of nodes, its first argument, against a selector; the other arguments are the rest of `names`."""
        narrow = self.function(selector.where, names) if selector.where else None
        wide = self._wide(selector)
        if narrow is None:
            return wide if len(names) == 1 else lambda node, *_: wide(node)

        def test(node: Node, *others: Node) -> bool | None:
            result = wide(node)
            if result is False:
                return False
            narrowed: bool | None = narrow(node, *others)
            return narrowed if result or narrowed is False else None

        return test

    def _wide(self, selector: Selector) -> Test:
        """The test against the alternatives of a selector, before it is narrowed; each node is tested only once."""
        test = self._tests.get(selector.alternatives)
        if test is None:
            test = self._tests[selector.alternatives] = _remembered(self._alternatives(selector))
        return test

    def _alternatives(self, selector: Selector) -> Test:
        components = self._graph.components
        alternatives = [
            (frozenset(item.kinds), self.function(item.where, ("it",)) if item.where else None) for item in selector.alternatives
        ]
        kinds, where = alternatives[0]
        if len(alternatives) == 1 and where is None:
            return lambda node: components[node].reference.kind in kinds

        def test(node: Node) -> bool | None:
            kind = components[node].reference.kind
            result: bool | None = False
            for some_kinds, condition in alternatives:
                value = False if kind not in some_kinds else (True if condition is None else condition(node))
                if value:
                    return True
                if value is None:
                    result = None
            return result

        return test

    def candidates(self, selector: Selector) -> NodeGroup:
        """The components that count as subjects or targets of a selector: all but those that certainly do not match."""
        group = self._candidates.get(selector)
        if group is None:
            group = self._candidates[selector] = NodeGroup(tuple(self._matching_all(selector)))
        return group

    def _matching_all(self, selector: Selector) -> Iterable[Node]:
        nodes = tuple(self._graph.nodes(selector.kinds))
        # Compiling a condition takes longer than most tests, and many policies are about kinds that a repository does not have.
        if not nodes:
            return ()
        if len(selector.alternatives) > 1 or selector.alternatives[0].where is not None:
            test = self.test(selector)
            return (node for node in nodes if test(node) is not False)
        # Nodes of the right kinds need no further test where the selector names kinds alone.
        return nodes if selector.where is None else self.select(selector.where, ("it",), nodes, True, None)  # noqa: FBT003


def _remembered(test: Test) -> Test:
    known: dict[Node, bool | None] = {}

    def remembered(node: Node) -> bool | None:
        if node not in known:
            known[node] = test(node)
        return known[node]

    return remembered
