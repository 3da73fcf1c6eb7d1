"""Messages that contain {expressions}."""

from shipcheck.language.syntax.grammar import parse_condition
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.language.syntax.tokens import ExpressionError, ReportedError
from shipcheck.language.typing.scope import Scope, Symbols
from shipcheck.language.typing.typer import Typer
from shipcheck.model.expression import Expression


def parse_message(source: SourceText, scope: Scope, symbols: Symbols) -> tuple[str | Expression, ...]:
    """Literal text and typed expressions, alternating.

    Raises:
        ExpressionError: a brace is not closed, or an expression in braces is wrong.
    """
    parts: list[str | Expression] = []
    text, offset = source.text, 0
    while (opening := text.find("{", offset)) >= 0:
        closing = text.find("}", opening)
        if closing < 0:
            raise ExpressionError(source.problem("P027", "unclosed '{'; write {expression}", opening, opening + 1))
        parts.append(text[offset:opening])
        inner = text[opening + 1 : closing]
        if not inner.strip():
            raise ExpressionError(source.problem("P027", "empty braces; write {expression}", opening, closing + 1))
        parts.append(_expression(source, inner, opening, scope, symbols))
        offset = closing + 1
    parts.append(text[offset:])
    return tuple(part for part in parts if part != "")


def _expression(source: SourceText, inner: str, opening: int, scope: Scope, symbols: Symbols) -> Expression:
    try:
        piece = source.part(opening + 1, opening + 1 + len(inner))
        return Typer(piece, symbols).expression(parse_condition(piece), scope)
    except ReportedError:
        raise
    except ExpressionError as error:
        message = f"in {{{inner}}}: {error.problem.message}"
        raise ExpressionError(source.problem("P027", message, opening, opening + len(inner) + 2)) from error
