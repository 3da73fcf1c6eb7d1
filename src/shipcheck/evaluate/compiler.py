"""Expressions to Python functions, through `ast` and without builtins.

A compiled condition returns True, False or None (unknown). It is made of plain assignments, so that no expression, however long,
nests deeper than the expression itself does.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shipcheck.evaluate import operations
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
    """How generated code reads the graph; made once for a run.

    `twins` gives a component's node in the base, `heads` the node in the head of one that comes from the base;
    nodes from `end` on are of the base.
    """

    values: Sequence[dict[str, object]]
    inverse: Callable[[str], dict[int, tuple[int, ...]]]
    names: Callable[[int], str]
    node: Callable[[tuple[str, str, str]], int | None]
    today: object
    lists: operations.Lists
    twins: dict[int, int]
    heads: dict[int, int]
    end: int


class Emitter:
    """Emits the body of one function."""

    def __init__(self, accessors: Accessors, names: tuple[str, ...], compile_part: "CompilePart") -> None:
        self._accessors = accessors
        self._names = names
        self._compile_part = compile_part
        self._body: list[ast.stmt] = []
        self._globals: dict[str, Any] = {"__builtins__": {}, "V": accessors.values, "EMPTY": ()}
        self._count = 0

    def function(self, expression: Expression) -> Function:
        """The function that evaluates the expression, with one argument for each name."""
        result = self._emit(expression)
        return self._compiled(tuple(_argument(name) for name in self._names), result)

    def _compiled(self, parameters: tuple[str, ...], result: ast.expr) -> Function:
        self._body.append(ast.Return(result, **_AT))
        arguments = ast.arguments([], [ast.arg(name, None, None, **_AT) for name in parameters], None, [], [], None, [])
        definition = ast.FunctionDef("condition", arguments, self._body, [], None, None, **_AT)
        exec(compile(ast.Module([definition], []), "<policy>", "exec"), self._globals)  # noqa: S102 - our own tree, without builtins
        compiled: Function = self._globals["condition"]
        return compiled

    def selection(self, expression: Expression, fixed: tuple[str, ...], *, keep: tuple[bool | None, ...]) -> Function:
        """The function that takes components and gives, in order, those for which the condition comes out as one of `keep`.

        All names mean the component but for those that are `fixed`, which are further arguments. A loop around the condition
        saves a call for each component.
        """
        result = self._emit(expression)
        first, *others = [ast.Name(_argument(name), _STORE, **_AT) for name in self._names if name not in fixed]
        bind = [ast.Assign([name], ast.Name(first.id, _LOAD, **_AT), **_AT) for name in others]
        kept = ast.BoolOp(ast.Or(), [_is(result, value) for value in (*keep, *keep)[: max(2, len(keep))]], **_AT)
        add = ast.Expr(_call(ast.Attribute(_name("found"), "append", _LOAD, **_AT), ast.Name(first.id, _LOAD, **_AT)), **_AT)
        loop = ast.For(first, _name("nodes"), [*bind, *self._body, _if(kept, [add], [])], [], None, **_AT)
        make = ast.Assign([ast.Name("found", _STORE, **_AT)], ast.List([], _LOAD, **_AT), **_AT)
        self._body = [make, loop]
        return self._compiled(("nodes", *(_argument(name) for name in fixed)), _name("found"))

    def _emit(self, expression: Expression) -> ast.expr:
        handler = getattr(self, f"_emit_{type(expression).__name__.rstrip('_').lower()}")
        emitted: ast.expr = handler(expression)
        return emitted

    def _emit_literal(self, expression: Literal_) -> ast.expr:
        value = expression.value
        if value == "today" and expression.type.name == "date":
            return self._constant(self._accessors.today)
        if isinstance(value, str | int | float | bool):
            return _fixed(value)
        return self._constant(value)

    def _emit_componentliteral(self, expression: ComponentLiteral) -> ast.expr:
        return _fixed(self._accessors.node(expression.reference))

    def _emit_listliteral(self, expression: ListLiteral) -> ast.expr:
        return ast.Tuple([self._emit(item) for item in expression.items], _LOAD, **_AT)

    def _emit_path(self, expression: Path) -> ast.expr:
        current: ast.expr = _name(_argument(expression.start))
        known = True
        in_list = False
        for step in expression.steps:
            if in_list:
                current = self._emit_each(current, step)
            else:
                value = self._emit_step(current, step)
                current = self._assign(value if known else _if_known(current, value))
            known = False
            in_list = in_list or step.type.name == "list"
        return current

    def _emit_step(self, base: ast.expr, step: Step) -> ast.expr:
        """The value of one step from a component or record that is known."""
        if step.source == "name":
            return _call(self._constant(self._accessors.names), base)
        if step.source == "inverse":
            table = self._constant(self._accessors.inverse(step.name))
            return _call(_get(table), base, _name("EMPTY"))
        if step.source == "base":
            return _call(_get(self._constant(self._accessors.twins)), base)
        holder = base if step.on_record else _item(_name("V"), base)
        getter = _get(holder)
        default = [_name("EMPTY")] if step.source == "link" else []
        return _call(getter, _fixed(step.name), *default)

    def _emit_each(self, items: ast.expr, step: Step) -> ast.expr:
        getter = self._constant(self._step_function(step))
        flatten = step.type.name == "list"
        element = step.type.item if flatten else step.type
        distinct = element is not None and element.name == "component"
        call = _call(self._constant(self._accessors.lists.step_each), items, getter, _fixed(flatten), _fixed(distinct))
        return self._assign(call)

    def _step_function(self, step: Step) -> Function:
        path = Path(step.type, step.name, "it", (step,))
        return Emitter(self._accessors, ("it",), self._compile_part).function(path)

    def _emit_not(self, expression: Not) -> ast.expr:
        part = self._assign(self._emit(expression.part))
        return self._assign(_if_known(part, _not(part)))

    def _emit_both(self, expression: Both) -> ast.expr:
        return self._emit_joined(expression.parts, decided=False)

    def _emit_either(self, expression: Either) -> ast.expr:
        return self._emit_joined(expression.parts, decided=True)

    def _emit_joined(self, parts: tuple[Expression, ...], *, decided: bool) -> ast.expr:
        """Kleene's and (or): a part that is no (yes) decides at once, an unknown part makes the rest decide or be unknown."""
        result = self._assign(_fixed(not decided))
        for part in parts:
            outer, self._body = self._body, []
            value = self._assign(self._emit(part))
            unknown = _if(_is(value, None), [_set(result, _fixed(None))], [])
            self._body.append(_if(_is(value, decided), [_set(result, _fixed(decided))], [unknown]))
            inner, self._body = self._body, outer
            self._body.append(_if(_not(_is(result, decided)), inner, []))
        return result

    def _emit_compare(self, expression: Compare) -> ast.expr:
        sides = [self._emit_ranked(side, expression.rank) for side in (expression.left, expression.right)]
        if any(_computes(side) for side in (expression.left, expression.right)):
            sides = [self._assign(_call(self._constant(operations.exact), side)) for side in sides]
        if self._accessors.heads and expression.left.type.name == "component":
            sides = [self._assign(_call(_get(self._constant(self._accessors.heads)), side, side)) for side in sides]
        compared = ast.Compare(sides[0], [_COMPARE[expression.operator]()], [sides[1]], **_AT)
        return self._assign(self._unless_unknown(sides, compared))

    def _emit_ranked(self, side: Expression, rank: tuple[str, ...]) -> ast.expr:
        if rank and isinstance(side, Literal_):
            return _fixed(rank.index(str(side.value)))
        value = self._emit(side)
        if not rank:
            return value
        ranks = self._constant({word: position for position, word in enumerate(rank)})
        return self._assign(_if_known(value, _item(ranks, value)))

    def _unless_unknown(self, sides: list[ast.expr], value: ast.expr) -> ast.expr:
        for side in reversed(sides):
            if not isinstance(side, ast.Constant) or side.value is None:
                value = _if_known(side, value)
        return value

    def _emit_member(self, expression: Member) -> ast.expr:
        return self._operation(self._accessors.lists.member, expression.left, expression.right)

    def _emit_subset(self, expression: Subset) -> ast.expr:
        return self._operation(self._accessors.lists.subset, expression.left, expression.right)

    def _operation(self, operation: Function, *parts: Expression) -> ast.expr:
        arguments = [self._emit_known_by_head(part) for part in parts]
        return self._assign(_call(self._constant(operation), *arguments))

    def _emit_known_by_head(self, expression: Expression) -> ast.expr:
        """The value, in which components of the base count as those of the head that bear their names."""
        value = self._emit(expression)
        kind = expression.type.item or expression.type
        if not self._accessors.heads or kind.name != "component":
            return value
        return self._assign(_call(self._constant(self._heads_of), value))

    def _heads_of(self, value: Any) -> Any:
        heads = self._accessors.heads
        return tuple(heads.get(item, item) for item in value) if isinstance(value, tuple) else heads.get(value, value)

    def _emit_present(self, expression: Present) -> ast.expr:
        heads, end = self._accessors.heads, self._accessors.end

        def is_present(node: int | None) -> bool:
            return node is not None and (node < end or node in heads)

        return self._assign(_call(self._constant(is_present), self._emit(expression.part)))

    def _emit_like(self, expression: Like) -> ast.expr:
        pieces = self._constant(tuple(expression.pattern.split("*")))
        return self._assign(_call(self._constant(operations.like), self._emit(expression.left), pieces))

    def _emit_given(self, expression: Given) -> ast.expr:
        value = self._emit(expression.part)
        return self._assign(_not(_is(value, None)))

    def _emit_matches(self, expression: Matches) -> ast.expr:
        part = self._emit(expression.part)
        test = self._constant(self._compile_part.selector(expression.selector))
        return self._assign(_if_known(part, _call(test, part)))

    def _emit_quantified(self, expression: Quantified) -> ast.expr:
        operation: Function = getattr(self._accessors.lists, expression.word)
        return self._over_list(operation, expression.items, expression.condition, expression.name)

    def _over_list(self, operation: Function, items: Expression, condition: Expression | None, name: str) -> ast.expr:
        """An operation on a list and a test of its elements, which sees every name here but those it binds anew."""
        outer = tuple(bound for bound in self._names if bound != name)
        test = self._compile_part.expression(condition, (*outer, name)) if condition is not None else None
        listed = self._emit(items)
        arguments = [_name(_argument(bound)) for bound in outer]
        return self._assign(_call(self._constant(operation), listed, self._constant(test), *arguments))

    def _emit_arithmetic(self, expression: Arithmetic) -> ast.expr:
        sides = [self._emit(expression.left), self._emit(expression.right)]
        operator = _fixed(expression.operator)
        return self._assign(_call(self._constant(operations.arithmetic), sides[0], operator, sides[1]))

    def _emit_aggregate(self, expression: Aggregate) -> ast.expr:
        if expression.items is not None and expression.word == "count":
            return self._over_list(self._accessors.lists.count, expression.items, expression.part, expression.name)
        combine = _combination(expression)
        if expression.items is not None:
            return self._operation(lambda items: None if items is None else combine(items), expression.items)
        part = self._compile_part.expression(expression.part, ("it",)) if expression.part else _yes

        def over_members(members: tuple[int, ...]) -> object:
            return combine([part(member) for member in members])

        return self._assign(_call(self._constant(over_members), _name(_argument("members"))))

    def _assign(self, value: ast.expr) -> ast.expr:
        if isinstance(value, ast.Name):
            return value
        self._count += 1
        name = f"t{self._count}"
        self._body.append(ast.Assign([ast.Name(name, _STORE, **_AT)], value, **_AT))
        return _name(name)

    def _constant(self, value: object) -> ast.expr:
        name = f"K{len(self._globals)}"
        self._globals[name] = value
        return _name(name)


class CompilePart:
    """Compiles expressions and selectors that others are made of; see World."""

    def expression(self, expression: Expression, names: tuple[str, ...]) -> Function:
        """The function of an expression."""
        raise NotImplementedError

    def selector(self, selector: Selector) -> Function:
        """The test of a selector that uses no name but `it`."""
        raise NotImplementedError


def _computes(expression: Expression) -> bool:
    """Whether the value may be a fraction, which no number with a decimal point equals."""
    if isinstance(expression, Aggregate):
        return expression.word not in {"count", "unique"} and expression.type.name in {"number", "percent"}
    return isinstance(expression, Arithmetic) and expression.type.name in {"number", "percent"}


def _combination(expression: Aggregate) -> Function:
    """What makes one value of many; of ordered words, the least and the greatest by their order."""
    combine = operations.AGGREGATES[expression.word]
    if expression.type.name != "choice":
        return combine
    words = expression.type.words
    ranks = {word: rank for rank, word in enumerate(words)}

    def by_rank(values: Sequence[str | None]) -> str | None:
        rank = combine([None if word is None else ranks[word] for word in values])
        return None if rank is None else words[rank]

    return by_rank


def _yes(_member: int) -> bool:
    return True


def _argument(name: str) -> str:
    return f"n_{name}"


# Every node carries the same place, given when it is made: walking the tree again to add it costs more than making it.
_AT: Any = {"lineno": 1, "col_offset": 0}
_LOAD, _STORE = ast.Load(), ast.Store()


def _name(name: str) -> ast.expr:
    return ast.Name(name, _LOAD, **_AT)


def _fixed(value: Any) -> ast.expr:
    return ast.Constant(value, **_AT)


def _call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    return ast.Call(function, list(arguments), [], **_AT)


def _get(holder: ast.expr) -> ast.expr:
    return ast.Attribute(holder, "get", _LOAD, **_AT)


def _item(holder: ast.expr, key: ast.expr) -> ast.expr:
    return ast.Subscript(holder, key, _LOAD, **_AT)


def _not(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), value, **_AT)


def _is(value: ast.expr, constant: object) -> ast.expr:
    if isinstance(value, ast.Constant | ast.Tuple):  # Python warns about `is` beside a literal, so the answer is given here
        return _fixed(isinstance(value, ast.Constant) and value.value is constant)
    return ast.Compare(value, [ast.Is()], [_fixed(constant)], **_AT)


def _if(test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt]) -> ast.stmt:
    return ast.If(test, body, orelse, **_AT)


def _if_known(tested: ast.expr, value: ast.expr) -> ast.expr:
    return ast.IfExp(_is(tested, None), _fixed(None), value, **_AT)


def _set(target: ast.expr, value: ast.expr) -> ast.stmt:
    name = target.id if isinstance(target, ast.Name) else ""
    return ast.Assign([ast.Name(name, _STORE, **_AT)], value, **_AT)
