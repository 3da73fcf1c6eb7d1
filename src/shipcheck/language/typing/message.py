"""Messages with {expressions} in them."""

from shipcheck.language.syntax.grammar import parse_condition
from shipcheck.language.syntax.source_text import Written
from shipcheck.language.syntax.tokens import ExpressionError, ReportedError
from shipcheck.language.typing.scope import Scope, Terms
from shipcheck.language.typing.typer import Typer
from shipcheck.model.document import Scalar
from shipcheck.model.expression import Expression


def parse_message(written: Written, scope: Scope, terms: Terms) -> tuple[str | Expression, ...]:
    """Literal text and typed expressions, in turn.

    Raises:
        ExpressionError: a brace is not closed, or what stands in braces is wrong.
    """
    parts: list[str | Expression] = []
    text, offset = written.text, 0
    while (opening := text.find("{", offset)) >= 0:
        closing = text.find("}", opening)
        if closing < 0:
            raise ExpressionError(written.problem("P027", "'{' is not closed; write {expression}", opening, opening + 1))
        parts.append(text[offset:opening])
        inner = text[opening + 1 : closing]
        if not inner.strip():
            raise ExpressionError(written.problem("P027", "the braces are empty; write {expression}", opening, closing + 1))
        parts.append(_expression(written, inner, opening, scope, terms))
        offset = closing + 1
    parts.append(text[offset:])
    return tuple(part for part in parts if part != "")


def _expression(written: Written, inner: str, opening: int, scope: Scope, terms: Terms) -> Expression:
    try:
        piece = Written(written.document, _piece(written, inner, opening))
        return Typer(piece, terms).expression(parse_condition(piece), scope)
    except ReportedError:
        raise
    except ExpressionError as error:
        message = f"in {{{inner}}}: {error.problem.message}"
        raise ExpressionError(written.problem("P027", message, opening, opening + len(inner) + 2)) from error


def _piece(written: Written, inner: str, opening: int) -> Scalar:
    place = written.place(opening + 1, opening + 1 + len(inner))
    return Scalar(inner, True, place.line, place.column, place.end_line, place.end_column)  # noqa: FBT003 - read as plain text
