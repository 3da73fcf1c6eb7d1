"""The words of an expression."""

import pytest
from tests.support.worlds import written

from shipcheck.language.syntax.grammar import KEYWORDS, tokens_of
from shipcheck.language.syntax.tokens import ExpressionError


def words(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens_of(written(text))[:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("owner", [("name", "owner")]),
        ("data_readiness2", [("name", "data_readiness2")]),
        ("Owner", [("name", "Owner")]),
        ("_x", [("name", "_x")]),
        ("2026-11-22", [("date", "2026-11-22")]),
        ("2026-1-2", [("number", "2026"), ("mark", "-"), ("number", "1"), ("mark", "-"), ("number", "2")]),
        ("40%", [("percent", "40%")]),
        ("33.3%", [("percent", "33.3%")]),
        ("90d", [("duration", "90d")]),
        ("4w", [("duration", "4w")]),
        ("3", [("number", "3")]),
        ("3.5", [("number", "3.5")]),
        ("007", [("number", "007")]),
        ('"team:platform/payables"', [("text", '"team:platform/payables"')]),
        ('""', [("text", '""')]),
        ('"it\'s # one: thing"', [("text", '"it\'s # one: thing"')]),
        ("$min_score", [("param", "$min_score")]),
        ("a.b", [("name", "a"), ("mark", "."), ("name", "b")]),
        ("<=<", [("mark", "<="), ("mark", "<")]),
        ("==!=>=>", [("mark", "=="), ("mark", "!="), ("mark", ">="), ("mark", ">")]),
        ("a\n  and\tb", [("name", "a"), ("keyword", "and"), ("name", "b")]),
        ("[a,b]", [("mark", "["), ("name", "a"), ("mark", ","), ("name", "b"), ("mark", "]")]),
        ("(a+b)*", [("mark", "("), ("name", "a"), ("mark", "+"), ("name", "b"), ("mark", ")"), ("mark", "*")]),
        ("", []),
        ("   ", []),
    ],
)
def test_text_falls_into_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_a_keyword_is_one_only_as_a_whole_word(word: str) -> None:
    assert words(word) == [("keyword", word)]
    assert words(f"{word}s") == [("name", f"{word}s")]
    assert words(word.title()) == [("name", word.title())]


def test_every_word_knows_its_span_and_the_last_is_an_end() -> None:
    text = 'stage >= pilot and "a b" in labels'
    tokens = tokens_of(written(text))
    assert [text[token.start : token.end] for token in tokens[:-1]] == [token.text for token in tokens[:-1]]
    assert (tokens[-1].kind, tokens[-1].start, tokens[-1].end) == ("end", len(text), len(text))


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a & b", 3, "unexpected character '&'; write and"),
        ("a | b", 3, "unexpected character '|'; write or"),
        ("!a", 1, "unexpected character '!'; write not"),
        ("~a", 1, "unexpected character '~'; write not"),
        ("a = b", 3, "unexpected character '='; write =="),
        ("a == 'b'", 6, "unexpected character '''; write \"text in double quotes\""),
        ("a; b", 2, "unexpected character ';'"),
        ("a == {b}", 6, "unexpected character '{'"),
        ("a == 3x", 6, "unexpected character '3'"),
        ('a == "b', 6, "unexpected character '\"'"),
        ('a == "b\\n"', 6, "unexpected character '\"'"),
        ("$", 1, "unexpected character '$'"),
        ("$Least", 1, "unexpected character '$'"),
        ("ünit", 1, "unexpected character 'ü'"),
        ("a == \uff15", 6, "unexpected character '\uff15'"),
        ("a\u00a0and b", 2, "unexpected character '\u00a0'"),
    ],
)
def test_what_begins_no_word_is_refused_at_its_place(text: str, column: int, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        tokens_of(written(text))
    problem = refused.value.problem
    assert (problem.code, problem.message) == ("P010", message)
    assert (problem.location.line, problem.location.column, problem.location.end_column) == (1, column, column + 1)


@pytest.mark.parametrize("word", ["1234567890123456", "1.234567890123456", "12345678901234.56%", "1234567890123456d", "9" * 3000])
def test_a_number_with_more_digits_than_are_exact_is_refused(word: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        tokens_of(written(f"a == {word}"))
    problem = refused.value.problem
    assert (problem.code, problem.location.column, problem.location.end_column) == ("P010", 6, 6 + len(word))
    assert problem.message == "a number with more than 15 digits would not be exact; write fewer"


def test_an_expression_ends_after_4000_characters() -> None:
    assert len(tokens_of(written("a" * 4000))) == 2
    with pytest.raises(ExpressionError, match="longer than 4000 characters"):
        tokens_of(written("a" * 4001))
