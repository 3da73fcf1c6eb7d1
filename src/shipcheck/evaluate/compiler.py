"""Expressions to Python functions, through `ast` and without builtins.

A compiled condition returns True, False or None (unknown). It consists of plain assignments, so that no expression, however long,
nests deeper than the expression itself does.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, assert_never

from shipcheck.evaluate import operations
from shipcheck.evaluate.ast_nodes import (
    AT,
    LOAD,
    STORE,
    assignment,
    branch,
    call,
    constant,
    get_method,
    if_known,
    is_same,
    negation,
    subscript,
    variable,
)
from shipcheck.evaluate.long_lists import LongList, shared
from shipcheck.graph.graph import Node
from shipcheck.model.expression import (
    Aggregate,
    Arithmetic,
    Both,
    Compare,
    ComponentLiteral,
    Either,
    Expression,
    Given,
    Like,
    ListLiteral,
    Literal_,
    Matches,
    Member,
    Not,
    Path,
    Present,
    Quantified,
    Selector,
    Step,
    Subset,
)

Function = Callable[..., Any]
_COMPARE: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accessors:
    """How generated code reads the graph.

    `values` has the values of each node by field. `inverse` takes an inverse link name and gives, for each node, the nodes that
    link to it. `name` gives a node's own name, `node` the node of a reference (kind, namespace, name). `twins` gives the node in
    the base of one of the head, `heads` the node in the head of one of the base; nodes from `end` on are of the base.
    """

    values: Sequence[dict[str, object]]
    inverse: Callable[[str], dict[Node, tuple[Node, ...]]]
    name: Callable[[Node], str]
    node: Callable[[tuple[str, str, str]], Node | None]
    today: object
    lists: operations.Lists
    twins: dict[Node, Node]
    heads: dict[Node, Node]
    end: Node


class PartCompiler(Protocol):
    """Compiles the expressions and selectors inside of others."""

    def function(self, expression: Expression, names: tuple[str, ...]) -> Function:
        """The function of an expression, with one argument for each name."""

    def test(self, selector: Selector) -> Function:
        """The test of a selector that uses no name but `it`."""


class Emitter:
    """Emits the body of one function, which has one argument for each of `names`."""

    def __init__(self, accessors: Accessors, names: tuple[str, ...], parts: PartCompiler) -> None:
        self._accessors = accessors
        self._names = names
        self._parts = parts
        self._body: list[ast.stmt] = []
        self._globals: dict[str, Any] = {"__builtins__": {}, "V": accessors.values, "EMPTY": ()}
        self._count = 0

    def function(self, expression: Expression) -> Function:
        """The function that evaluates an expression."""
        result = self._emit(expression)
        return self._compiled(tuple(_argument(name) for name in self._names), result)

    def _compiled(self, parameters: tuple[str, ...], result: ast.expr) -> Function:
        self._body.append(ast.Return(result, **AT))
        arguments = ast.arguments([], [ast.arg(name, None, None, **AT) for name in parameters], None, [], [], None, [])
        definition = ast.FunctionDef("condition", arguments, self._body, [], None, None, **AT)
        exec(compile(ast.Module([definition], []), "<policy>", "exec"), self._globals)  # noqa: S102 - our own tree, without builtins
        compiled: Function = self._globals["condition"]
        return compiled

    def selection(self, expression: Expression, fixed: tuple[str, ...], *, keep: tuple[bool | None, ...]) -> Function:
        """The function that takes nodes and gives, in order, those for which the condition evaluates to one of `keep`.

        The names in `fixed` are further arguments, with one value for all nodes; every other name means the node. A loop around
        the condition saves a call for each node.
        """
        result = self._emit(expression)
        first, *others = [ast.Name(_argument(name), STORE, **AT) for name in self._names if name not in fixed]
        bind = [ast.Assign([name], variable(first.id), **AT) for name in others]
        kept = ast.BoolOp(ast.Or(), [is_same(result, value) for value in (*keep, *keep)[: max(2, len(keep))]], **AT)
        add = ast.Expr(call(ast.Attribute(variable("kept_nodes"), "append", LOAD, **AT), variable(first.id)), **AT)
        loop = ast.For(first, variable("nodes"), [*bind, *self._body, branch(kept, [add], [])], [], None, **AT)
        self._body = [assignment(variable("kept_nodes"), ast.List([], LOAD, **AT)), loop]
        return self._compiled(("nodes", *(_argument(name) for name in fixed)), variable("kept_nodes"))

    def _emit(self, expression: Expression) -> ast.expr:
        match expression:
            case Path() | Literal_() | ComponentLiteral() | ListLiteral() | Arithmetic() | Aggregate():
                return self._emit_value(expression)
            case Both() | Either() | Not() | Given() | Present():
                return self._emit_logic(expression)
            case Compare() | Member() | Subset() | Like() | Matches() | Quantified():
                return self._emit_test(expression)
            case _:
                assert_never(expression)

    def _emit_value(self, expression: Path | Literal_ | ComponentLiteral | ListLiteral | Arithmetic | Aggregate) -> ast.expr:
        match expression:
            case Path():
                return self._emit_path(expression)
            case Literal_():
                return self._emit_literal(expression)
            case ComponentLiteral():
                return constant(self._accessors.node(expression.reference))
            case ListLiteral():
                return ast.Tuple([self._emit(item) for item in expression.items], LOAD, **AT)
            case Arithmetic():
                left, right = self._emit(expression.left), self._emit(expression.right)
                return self._assign(call(self._global(operations.arithmetic), left, constant(expression.operator), right))
            case Aggregate():
                return self._emit_aggregate(expression)
            case _:
                assert_never(expression)

    def _emit_logic(self, expression: Both | Either | Not | Given | Present) -> ast.expr:
        match expression:
            case Both():
                return self._emit_joined(expression.parts, decided=False)
            case Either():
                return self._emit_joined(expression.parts, decided=True)
            case Not():
                part = self._assign(self._emit(expression.part))
                return self._assign(if_known(part, negation(part)))
            case Given():
                return self._assign(negation(is_same(self._emit(expression.part), None)))
            case Present():
                return self._emit_present(expression)
            case _:
                assert_never(expression)

    def _emit_test(self, expression: Compare | Member | Subset | Like | Matches | Quantified) -> ast.expr:
        match expression:
            case Compare():
                return self._emit_compare(expression)
            case Member():
                return self._operation(self._accessors.lists.member, expression.left, expression.right)
            case Subset():
                return self._operation(self._accessors.lists.subset, expression.left, expression.right)
            case Like():
                pieces = self._global(tuple(expression.pattern.split("*")))
                return self._assign(call(self._global(operations.like), self._emit(expression.left), pieces))
            case Matches():
                part = self._emit(expression.part)
                test = self._global(self._parts.test(expression.selector))
                return self._assign(if_known(part, call(test, part)))
            case Quantified():
                operation = self._accessors.lists.quantifiers[expression.word]
                return self._over_list(operation, expression.word, expression.items, expression.condition, expression.name)
            case _:
                assert_never(expression)

    def _emit_literal(self, expression: Literal_) -> ast.expr:
        value = expression.value
        if value == "today" and expression.type.name == "date":
            return self._global(self._accessors.today)
        if isinstance(value, str | int | float | bool):
            return constant(value)
        return self._global(value)

    def _emit_path(self, expression: Path) -> ast.expr:
        current = variable(_argument(expression.start))
        known = True
        in_list = False
        for step in expression.steps:
            if in_list:
                current = self._emit_each(current, step)
            else:
                value = self._emit_step(current, step)
                current = self._assign(value if known else if_known(current, value))
            known = False
            in_list = in_list or step.type.name == "list"
        return current

    def _emit_step(self, base: ast.expr, step: Step) -> ast.expr:
        """The value of one step from a component or record that is known."""
        match step.source:
            case "name":
                return call(self._global(self._accessors.name), base)
            case "inverse":
                table = self._global(self._accessors.inverse(step.name))
                return call(get_method(table), base, variable("EMPTY"))
            case "base":
                return call(get_method(self._global(self._accessors.twins)), base)
            case "value" | "link":
                holder = base if step.on_record else subscript(variable("V"), base)
                default = [variable("EMPTY")] if step.source == "link" else []
                return call(get_method(holder), constant(step.name), *default)
            case _:
                assert_never(step.source)

    def _emit_each(self, items: ast.expr, step: Step) -> ast.expr:
        getter = self._global(self._step_function(step))
        flatten = step.type.name == "list"
        element = step.type.item if flatten else step.type
        distinct = element is not None and element.name == "component"
        return self._assign(
            call(self._global(self._accessors.lists.step_each), items, getter, constant(flatten), constant(distinct))
        )

    def _step_function(self, step: Step) -> Function:
        path = Path(step.type, step.name, "it", (step,))
        return Emitter(self._accessors, ("it",), self._parts).function(path)

    def _emit_joined(self, parts: tuple[Expression, ...], *, decided: bool) -> ast.expr:
        """Kleene's `and` (`or`): a false (true) part decides at once; after an unknown part the rest decides or is unknown."""
        result = self._assign(constant(not decided))
        for part in parts:
            outer, self._body = self._body, []
            value = self._assign(self._emit(part))
            unknown = branch(is_same(value, None), [assignment(result, constant(None))], [])
            self._body.append(branch(is_same(value, decided), [assignment(result, constant(decided))], [unknown]))
            inner, self._body = self._body, outer
            self._body.append(branch(negation(is_same(result, decided)), inner, []))
        return result

    def _emit_compare(self, expression: Compare) -> ast.expr:
        sides = [self._emit_ranked(side, expression.rank) for side in (expression.left, expression.right)]
        if any(_is_computed(side) for side in (expression.left, expression.right)):
            sides = [self._assign(call(self._global(operations.exact), side)) for side in sides]
        if self._accessors.heads and expression.left.type.name == "component":
            sides = [self._assign(call(get_method(self._global(self._accessors.heads)), side, side)) for side in sides]
        compared: ast.expr = ast.Compare(sides[0], [_COMPARE[expression.operator]()], [sides[1]], **AT)
        for side in reversed(sides):
            if not isinstance(side, ast.Constant) or side.value is None:
                compared = if_known(side, compared)
        return self._assign(compared)

    def _emit_ranked(self, side: Expression, rank: tuple[str, ...]) -> ast.expr:
        if rank and isinstance(side, Literal_):
            return constant(rank.index(str(side.value)))
        value = self._emit(side)
        if not rank:
            return value
        ranks = self._global({word: position for position, word in enumerate(rank)})
        return self._assign(if_known(value, subscript(ranks, value)))

    def _operation(self, operation: Function, *parts: Expression) -> ast.expr:
        arguments = [self._emit_in_head(part) for part in parts]
        return self._assign(call(self._global(operation), *arguments))

    def _emit_in_head(self, expression: Expression) -> ast.expr:
        """The value, in which components of the base are replaced by those of the head that they became."""
        value = self._emit(expression)
        kind = expression.type.item or expression.type
        if not self._accessors.heads or kind.name != "component":
            return value
        return self._assign(call(self._global(self._in_head), value))

    def _in_head(self, value: Any) -> Any:
        heads = self._accessors.heads
        return tuple(heads.get(item, item) for item in value) if isinstance(value, tuple) else heads.get(value, value)

    def _emit_present(self, expression: Present) -> ast.expr:
        heads, end = self._accessors.heads, self._accessors.end

        def is_present(node: Node | None) -> bool:
            return node is not None and (node < end or node in heads)

        return self._assign(call(self._global(is_present), self._emit(expression.part)))

    def _over_list(self, operation: Function, word: str, items: Expression, condition: Expression | None, name: str) -> ast.expr:
        """An operation on a list and a test of its elements, which sees every name here but those that it binds anew."""
        outer = tuple(bound for bound in self._names if bound != name)
        test = self._parts.function(condition, (*outer, name)) if condition is not None else None
        operation = self._sharing(operation, word, items, condition, name)
        listed = self._emit(items)
        arguments = [variable(_argument(bound)) for bound in outer]
        return self._assign(call(self._global(operation), listed, self._global(test), *arguments))

    def _sharing(self, operation: Function, word: str, items: Expression, condition: Expression | None, name: str) -> Function:
        """The operation, which for a long list asks only once what many components ask."""
        outer = tuple(bound for bound in self._names if bound != name)
        part = shared(word, items, condition, name, outer)
        if part is None:
            return operation
        parts, alone, values = self._parts, part.alone, ListLiteral(items.type, "", part.read)
        return LongList(
            operation, lambda: parts.function(values, outer), lambda: None if alone is None else parts.function(alone, (name,))
        )

    def _emit_aggregate(self, expression: Aggregate) -> ast.expr:
        if expression.items is not None and expression.word == "count":
            count = self._accessors.lists.count
            return self._over_list(count, expression.word, expression.items, expression.part, expression.name)
        combine = _combination(expression)
        if expression.items is not None:
            return self._operation(lambda items: None if items is None else combine(items), expression.items)
        part = self._parts.function(expression.part, ("it",)) if expression.part else _always_true

        def over_members(members: tuple[Node, ...]) -> object:
            return combine([part(member) for member in members])

        return self._assign(call(self._global(over_members), variable(_argument("members"))))

    def _assign(self, value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Name):
            return value
        self._count += 1
        name = variable(f"t{self._count}")
        self._body.append(assignment(name, value))
        return name

    def _global(self, value: object) -> ast.expr:
        name = f"K{len(self._globals)}"
        self._globals[name] = value
        return variable(name)


def _is_computed(expression: Expression) -> bool:
    """Whether the value may be a fraction, which no number with a decimal point equals."""
    if isinstance(expression, Aggregate):
        return expression.word not in {"count", "unique"} and expression.type.name in {"number", "percent"}
    return isinstance(expression, Arithmetic) and expression.type.name in {"number", "percent"}


def _combination(expression: Aggregate) -> Function:
    """The function that combines many values into one; words of an ordered choice are compared by their order."""
    combine = operations.AGGREGATES[expression.word]
    if expression.type.name != "choice":
        return combine
    words = expression.type.words
    ranks = {word: rank for rank, word in enumerate(words)}

    def by_rank(values: Sequence[str | None]) -> str | None:
        rank = combine([None if word is None else ranks[word] for word in values])
        return None if rank is None else words[rank]

    return by_rank


def _always_true(_member: Node) -> bool:
    return True


def _argument(name: str) -> str:
    return f"n_{name}"
