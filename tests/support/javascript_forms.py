"""Forms of JavaScript as short texts without places, and every part of one."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

from shipcheck.code import form as forms
from shipcheck.code.form import Assign, Block, Call, Class, Evaluate, Form, Function, Member, Name, Opaque, Span
from shipcheck.code.javascript.front import read_javascript


def shown(form: Any) -> str:
    """A part of a form; what has no notation of its own as its name, and in brackets what is in it and not empty."""
    notation = NOTATIONS.get(type(form))
    if notation is not None:
        return notation(form)
    if isinstance(form, tuple | frozenset):
        return joined(sorted(form) if isinstance(form, frozenset) else form)
    names = [field.name for field in fields(form) if field.name != "span"]
    values = [(name, getattr(form, name)) for name in names]
    parts = [name if value is True else shown(value) for name, value in values if value not in ((), frozenset(), None, False, "")]
    return f"{type(form).__name__}({', '.join(parts)})"


def joined(parts: Any, by: str = ", ") -> str:
    """Parts of a form, by commas or what else is between them."""
    return by.join(shown(part) for part in parts)


def shown_function(form: Function) -> str:
    """`async function name(parameters): type <body>`, behind its decorators; `lambda(...)` for an arrow function."""
    before = "".join(f"@{shown(one)} " for one in form.decorators)
    kind = ("async " if form.is_async else "") + ("lambda" if form.is_lambda else "function ")
    returns = f": {shown(form.returns)}" if form.returns is not None else ""
    return f"{before}{kind}{form.name}({joined(form.parameters)}){returns} {shown(form.body)}"


def shown_class(form: Class) -> str:
    """`class name(bases) <body>`, behind its decorators."""
    before = "".join(f"@{shown(one)} " for one in form.decorators)
    return f"{before}class {form.name}({joined(form.bases)}) {shown(form.body)}"


def shown_assign(form: Assign) -> str:
    """`target = target: type += value`."""
    value = f" {form.operator}= {shown(form.value)}" if form.value is not None else ""
    annotation = f": {shown(form.annotation)}" if form.annotation is not None else ""
    return f"{' = '.join(map(shown, form.targets))}{annotation}{value}"


def shown_parameter(form: forms.Parameter) -> str:
    """`rest name: type = default`; a plain one without its kind."""
    annotation = f": {shown(form.annotation)}" if form.annotation is not None else ""
    default = f" = {shown(form.default)}" if form.default is not None else ""
    return f"{'' if form.kind == 'plain' else form.kind + ' '}{shown(form.target)}{annotation}{default}"


def shown_comparison(form: forms.Compare) -> str:
    """`(a < b)`."""
    return f"({f' {form.operators[0]} '.join(map(shown, form.operands))})"


def shown_operation(form: forms.Operation) -> str:
    """`(a + b)` or `(- a)`."""
    first, *rest = form.operands
    return f"({shown(first)} {form.operator} {shown(rest[0])})" if rest else f"({form.operator} {shown(first)})"


NOTATIONS: dict[type, Callable[[Any], str]] = {
    str: str,
    # A name with a dot is not a member.
    Name: lambda form: f"`{form.name}`" if "." in form.name else form.name,
    forms.Constant: lambda form: repr(form.value),
    Member: lambda form: f"{shown(form.owner)}.{form.name}",
    forms.Item: lambda form: f"{shown(form.owner)}[{shown(form.key)}]",
    Call: lambda form: f"{'new ' if form.makes else ''}{shown(form.callee)}({joined(form.arguments)})",
    forms.Argument: lambda form: f"{form.name + '=' if form.name else ''}{'...' if form.spread else ''}{shown(form.value)}",
    forms.Record: lambda form: f"{{{joined(form.entries)}}}",
    forms.Entry: lambda form: f"{'...' if form.key is None else shown(form.key) + ': '}{shown(form.value)}",
    forms.Sequence: lambda form: f"[{joined(form.items)}]" if form.kind == "list" else f"({joined(form.items)})",
    forms.Spread: lambda form: f"...{shown(form.value)}",
    forms.Either: lambda form: f"({f' {form.operator} '.join(map(shown, form.values))})",
    forms.Compare: shown_comparison,
    forms.Operation: shown_operation,
    forms.Bind: lambda form: f"({shown(form.target)} :{form.operator} {shown(form.value)})",
    Evaluate: lambda form: shown(form.value),
    forms.Leave: lambda form: form.how if form.value is None else f"{form.how} {shown(form.value)}",
    Block: lambda form: f"<{joined(form.statements, '; ')}>",
    Function: shown_function,
    Class: shown_class,
    Assign: shown_assign,
    forms.Parameter: shown_parameter,
    forms.Import: lambda form: f"import({form.module!r}, {joined(form.names)})",
    forms.Export: lambda form: f"export({form.module!r}, {joined(form.names)})",
    forms.Imported: lambda form: f"{form.name or 'module'} as {form.local}" if form.local else form.name,
}


def read(source: str, extension: str = "ts") -> Form:
    """The form of a source."""
    return read_javascript(f"a.{extension}", source.encode())


def statements(source: str, extension: str = "ts") -> str:
    """What a source is in the form; nothing of it may be broken."""
    form = read(source, extension)
    assert form.broken == ()
    return joined(form.body.statements, "; ")


def every(form: object) -> Iterator[object]:
    """Every part of a form, with all its blocks opened."""
    pending: list[object] = [form]
    while pending:
        part = pending.pop()
        if isinstance(part, Block):
            pending += part.statements
        elif isinstance(part, tuple):
            pending += part
        elif hasattr(type(part), "__dataclass_fields__"):
            yield part
            pending += [getattr(part, field.name) for field in fields(part) if field.name != "span"]  # type: ignore[arg-type]


def spans(form: Form) -> Iterator[Span]:
    """Every place in a form."""
    return (part.span for part in every(form) if hasattr(part, "span"))


def opaque(form: Form) -> list[str]:
    """What is opaque in a form."""
    return [part.what for part in every(form) if isinstance(part, Opaque)]
