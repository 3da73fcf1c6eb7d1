"""Whether a Python function does nothing: no effect, and the same answer for every question.

Only what is certain counts. A function that calls anything other than `print` or a logger may stop an action, and so may one that
raises an exception, yields a value of the run, or answers differently for different arguments.
"""

import ast
from collections.abc import Sequence
from typing import Literal

from shipcheck.facts.python_scope import Function, dotted, is_exit, truth

Idle = Literal["stub", "constant"]
"""A body without an answer (`pass`, `...`, NotImplementedError), or one whose answer is always the same."""
_PLAIN = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.BoolOp),
    *(ast.Compare, ast.IfExp, ast.Subscript, ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.Starred),
    *(ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)
_LOGS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
_LOGGERS = frozenset({"log", "logger", "logging", "_log", "_logger"})
_CASTS = frozenset({"bool", "int", "str", "float"})
_MISSING = "NotImplementedError"
_NOTHING = ast.dump(ast.Constant(None))


def idle(function: Function | ast.Lambda) -> Idle | None:
    """How a function does nothing; None if it may do something."""
    reading = _Reading(function)
    if isinstance(function, ast.Lambda):
        reading.answer(function.body)
    elif not reading.block(function.body):
        reading.answers.add(_NOTHING)
    if reading.busy or len(reading.answers) > 1:
        return None
    return "constant" if reading.answered else "stub"


def is_plain(node: ast.AST) -> bool:
    """Whether an expression only reads values: it calls nothing, and waits for nothing."""
    return all(isinstance(inner, _PLAIN) for inner in ast.walk(node))


class _Reading:
    """One pass over a body: what it may answer, and whether it does anything that is not certain to be harmless."""

    def __init__(self, function: Function | ast.Lambda) -> None:
        given = function.args
        every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
        self._parameters = {argument.arg for argument in every if argument is not None}
        self._is_init = isinstance(function, Function) and function.name in {"__init__", "__post_init__"}
        self._values: dict[str, list[ast.expr | None]] = {}
        self.answers: set[str] = set()
        self.answered = False
        self.busy = False

    def block(self, body: Sequence[ast.stmt]) -> bool:
        """Read a block; whether it ends the function."""
        return any(self._statement(statement) for statement in body)

    def answer(self, value: ast.expr | None) -> None:
        """Read what the function returns."""
        self.answered = self.answered or value is not None
        key = _NOTHING if value is None else self._key(value)
        self.busy = self.busy or key is None
        self.answers.add(key or "")

    def _key(self, value: ast.expr) -> str | None:
        """The key of an answer that is always the same; None where it is not, or not surely."""
        if isinstance(value, ast.Name):
            return self._key_of_name(value.id)
        if isinstance(value, ast.Attribute):
            return ast.dump(value) if value.attr.isupper() and dotted(value) else None
        if isinstance(value, ast.Tuple | ast.List):
            keys = [self._key(item) for item in value.elts]
            return None if None in keys else str(keys)
        if (
            isinstance(value, ast.Call)
            and dotted(value.func) in _CASTS
            and all(isinstance(one, ast.Constant) for one in value.args)
        ):
            return None if value.keywords else ast.dump(value)
        if not is_plain(value):
            return None
        sure = truth(value)
        if sure is not None:
            return ast.dump(value) if isinstance(value, ast.Constant) else f"always {sure}"
        named = any(isinstance(inner, ast.Name) for inner in ast.walk(value))
        return None if named else ast.dump(value)

    def _key_of_name(self, name: str) -> str | None:
        if name not in self._values:
            return "its argument" if name in self._parameters else None
        # A name counts once: `x = x` has no value to follow.
        values, self._values[name] = self._values[name], [None]
        key = self._key(values[0]) if len(values) == 1 and values[0] is not None else None
        self._values[name] = values
        return key

    def _statement(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Return():
                self.answer(statement.value)
                return True
            case ast.Raise():
                raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
                self.busy = self.busy or raised is None or dotted(raised) != _MISSING
                self.answers.add(_MISSING)
                return True
            case ast.If():
                return self._branches(statement)
            case ast.Try():
                parts = (statement.body, *(handler.body for handler in statement.handlers), statement.orelse, statement.finalbody)
                ended = [self.block(part) for part in parts]
                return ended[0]
            case ast.For():
                self._read(statement.iter)
                self._values.setdefault(dotted(statement.target), []).append(None)
                self.block(statement.body)
                return False
        self._plain_statement(statement)
        return is_exit(statement)

    def _branches(self, statement: ast.If) -> bool:
        holds = truth(statement.test)
        if holds is not None:
            return self.block(statement.body if holds else statement.orelse)
        self._read(statement.test)
        ended = [self.block(statement.body), self.block(statement.orelse)]
        return all(ended)

    def _plain_statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(value=ast.Yield(value=None)) | ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr(value=ast.Yield(value=value)):
                self.answer(value)
            case ast.Expr(value=ast.Call() as call):
                self.busy = self.busy or not _is_report(call)
            case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
                self._assign(statement)
            case ast.Assert():
                self.busy = self.busy or truth(statement.test) is not True
            case ast.Expr():
                self._read(statement.value)
            case ast.Pass() | ast.Global() | ast.Nonlocal() | ast.Import() | ast.ImportFrom() | ast.Delete():
                pass
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._values.setdefault(statement.name, []).append(None)
            case _:
                self.busy = True

    def _assign(self, statement: ast.Assign | ast.AnnAssign | ast.AugAssign) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if statement.value is not None:
            self._read(statement.value)
        for target in targets:
            if isinstance(target, ast.Name):
                known = statement.value if not isinstance(statement, ast.AugAssign) else None
                self._values.setdefault(target.id, []).append(known)
            elif not (self._is_init and isinstance(target, ast.Attribute) and dotted(target)):
                self.busy = True

    def _read(self, value: ast.expr) -> None:
        self.busy = self.busy or not is_plain(value)


def _is_report(call: ast.Call) -> bool:
    """Whether a call only prints or logs plain values."""
    holder, _, method = dotted(call.func).rpartition(".")
    reports = method == "print" if not holder else method in _LOGS and holder.rpartition(".")[2].lower() in _LOGGERS
    return reports and all(map(is_plain, (*call.args, *(keyword.value for keyword in call.keywords))))
