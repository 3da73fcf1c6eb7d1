"""Syntax errors: the place of the mistake and what to write, never the words of the library that found it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.reading import read

from shipcheck.model.document import Document

TEMPLATE = "'{{' starts a template, which is not filled in; write the value itself, or quote it as text"
TAB = "a tab indents this line; indent with spaces"
COMMENT = "' #' starts a comment, so nothing after it on this line is read; "
ALIGN = "this line is indented under a line that already has a value; align the two lines"
UNALIGNED = "the indentation of this line matches no line above; align it with the lines that it belongs to"


def start(sign: str, quoted: str) -> str:
    return f"a plain value cannot start with '{sign}'; quote it: {quoted}"


def spaced(written: str) -> str:
    return f"missing space after ':'; write '{written}'"


def colon(quoted: str) -> str:
    return f"a plain value cannot contain ': '; quote it: {quoted}"


EXPLAINED: dict[str, tuple[tuple[int, int], str]] = {
    # A comment where a value was meant.
    "a: {contact: #chan}\nb: c\n": ((1, 14), COMMENT + 'quote it: "#chan"'),
    "a: {contact: #chan}": ((1, 14), COMMENT + 'quote it: "#chan"'),
    "a: [b,\n  {c: #d, e: f}\n]\n": ((2, 7), COMMENT + 'quote it: "#d"'),
    # Tabs.
    "a:\n\tb: c\n": ((2, 1), TAB),
    "a:\n  b: c\n\td: e\n": ((3, 1), TAB),
    "a:\n  - b\n  \t- c\n": ((3, 3), TAB),
    "a: |\n\tb\n": ((2, 1), TAB),
    "\ta: b\n": ((1, 1), TAB),
    # Signs that begin something else.
    "a: @org/team\n": ((1, 4), start("@", '"@org/team"')),
    "a: [b, @org/team, c]\n": ((1, 8), start("@", '"@org/team"')),
    "a: {b: [@c]}\n": ((1, 9), start("@", '"@c"')),
    "a:\n  - @org/team # c\n": ((2, 5), start("@", '"@org/team"')),
    "@x: a\n": ((1, 1), start("@", '"@x"')),
    'a: @say "b"\n': ((1, 4), start("@", "'@say \"b\"'")),
    "a: `b`\n": ((1, 4), start("`", '"`b`"')),
    "a: %x\n": ((1, 4), start("%", '"%x"')),
    "a: **bold**\n": ((1, 4), start("*", '"**bold**"')),
    "a: [*.py]\n": ((1, 5), start("*", '"*.py"')),
    "a: & b\n": ((1, 4), start("&", '"& b"')),
    "a: !<b\n": ((1, 4), start("!", '"!<b"')),
    "a: [|]\n": ((1, 5), start("|", '"|"')),
    "a: {b: ?c}\n": ((1, 8), start("?", '"?c"')),
    f"a: @{'b' * 80}\n": ((1, 4), "a plain value cannot start with '@'; quote it"),
    "a: >=3\n": ((1, 4), "the text after '>' starts on the next line; to write it here, quote it: \">=3\""),
    "a: ? b\n": ((1, 4), "a plain value cannot start with '? '; quote it: \"? b\""),
    "a: -\n": ((1, 4), "a plain value cannot be '-'; quote it: \"-\""),
    "a: - b\n": (
        (1, 4),
        "a list item cannot follow its key on the same line; write '[b]', or start a new line with '- b'",
    ),
    # Templates.
    "a: {{ b }}\n": ((1, 5), TEMPLATE),
    "a: {{ b }}/c\n": ((1, 5), TEMPLATE),
    "a: [{{ b }}]\n": ((1, 6), TEMPLATE),
    "{{ a }}: b\n": ((1, 2), TEMPLATE),
    "a: {% if b %}\n": ((1, 5), TEMPLATE.replace("{{", "{%")),
    # Colons.
    "a: b: c\n": ((1, 5), colon('"b: c"')),
    "a: Note: this, is it # c\n": ((1, 8), colon('"Note: this, is it"')),
    "a: {b: c: d}\n": ((1, 9), colon('"c: d"')),
    'a: say "b": c\n': ((1, 11), colon("'say \"b\": c'")),
    "a: b:\n": ((1, 5), "a plain value cannot end with ':'; quote it: \"b:\""),
    "a: 'b': c\n": ((1, 7), "text follows the closing quote; put all of the value into one pair of quotes"),
    "a:b\nc: d\n": ((1, 2), spaced("a: b")),
    "c: d\na:b\n": ((2, 2), spaced("a: b")),
    "x:\n  c: d\n  # f\n  a:b\n  e: f\n": ((4, 4), spaced("a: b")),
    "x: {a:[b]}\n": ((1, 6), "missing space after ':'; write ': '"),
    "a: b\nc\nd: e\n": ((2, 1), "missing ':' after 'c'; write it, or indent the line to continue the line above"),
    "a\nb: c\n": ((1, 1), "missing ':' after 'a'; write it, and then the value"),
    ": a\n": ((1, 1), "missing key before ':'; write a name"),
    f"a: b\n{'c' * 1100}: d\n": (
        (2, 1),
        "a key has at most 1,024 characters, and all of it is on one line; shorten it",
    ),
    # Indentation and lists.
    "a: b\n  c: d\n": ((2, 4), ALIGN),
    "a:\n  b: c\n d: e\n": ((3, 2), UNALIGNED),
    "a:\n  b:\n    c: d\n   e: f\n": ((4, 4), UNALIGNED),
    "a: b\n- c\n": ((2, 1), "a list item is among the keys of a map; indent it under its key, or delete the '-'"),
    "- a\nb: c\n": (
        (2, 1),
        "this line is in a list, but is not an item; start it with '- ', or indent it as part of the item above",
    ),
    "- a\n-b\n": ((2, 1), "missing space after '-'; write '- b'"),
    "// a\nb: c\n": ((1, 1), "a comment starts with '#'; write '#' instead"),
    # Brackets and commas.
    "a: [b, c\n": ((1, 4), "'[' is never closed; write ']'"),
    "a: {b: [c]\n\n\n": ((1, 4), "'{' is never closed; write '}'"),
    "a: [b\nc: d\n": ((2, 2), "missing ',' or ']'; write it at the end of the line above"),
    '{"a": 1 "b": 2}\n': ((1, 12), "missing ',' or '}'; write it here"),
    "a: ]\n": ((1, 4), "']' closes nothing; delete it, or quote the value"),
    "a: {b: c}}\n": ((1, 10), "'}' closes nothing; delete it, or quote the value"),
    "a: [b,,c]\n": ((1, 7), "a value is missing before ','; write it, or delete the ','"),
    # Quotes and escapes.
    "a: 'b\nc: d\n": ((1, 4), "the text after ' has no closing quote; write ' at its end"),
    'a: "b\n...\n': ((1, 4), 'the text after " has no closing quote; write " at its end'),
    "a: 'it's'\n": (
        (1, 8),
        "text follows the closing quote; write '' for a quote in the text, or use double quotes around it",
    ),
    'a: "b" c\n': ((1, 8), 'text follows the closing quote; write \\" for a quote in the text, or use single quotes around it'),
    "a: [b] c\n": ((1, 8), "text follows the end of the value; delete it, or quote all of the value"),
    'a: "C:\\dir"\n': (
        (1, 7),
        "'\\d' is not an escape sequence; write '\\\\' for a backslash, or use single quotes around the text",
    ),
    'a: "\\u12"\n': ((1, 5), "'\\u' is followed by 4 hexadecimal digits; write them, or '\\\\' for a backslash"),
    '{"a": "b \\ud83d\\ude00"}': (
        (1, 10),
        "'\\ud83d\\ude00' is one character in two halves; write '\\U0001F600', or the character itself",
    ),
    'a: "\\ud83d"\n': ((1, 5), "'\\ud83d' is not a character; write the character itself"),
    'a: "\\U00110000"\n': ((1, 5), "'\\U00110000' is not a character; write the character itself"),
    # The end of the document.
    "a: b\n...\nc": ((3, 1), "the document ends before this place; delete the rest, or check the line above"),
}


@pytest.mark.parametrize("text", EXPLAINED, ids=repr)
def test_a_syntax_error_says_what_to_write(text: str) -> None:
    problems = read(text)
    assert isinstance(problems, tuple)
    found = [((at.location.line, at.location.column), at.message.removeprefix("invalid YAML: ")) for at in problems]
    assert found == [EXPLAINED[text]]


def test_a_missing_comma_shows_the_bracket() -> None:
    problems = read("a: [b,\n  c\nd: e\n")
    assert isinstance(problems, tuple)
    [(location, label)] = problems[0].related
    assert (location.line, location.column, label) == (1, 4, "'[' is here")


PIECES = ("a", "b c", ":", ": ", "-", "- ", "#", " #", "'", '"', "|", ">", "\n", "  ", " ", "\t", "\\", "\\u", "d83d", "@", "`")
MORE = (
    "%",
    "!",
    "&",
    "*",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "? ",
    "\n  ",
    "\r\n",
    "\r",
    "---",
    "...",
    "{{",
    "<<: ",
    "1.0",
    "!<",
    "|9",
)
LIBRARY = ("did not find", "could not find", "found ", "in this context", "while ", "cannot be read from here on", "expected '")


@cases(400)
@given(st.lists(st.sampled_from(PIECES + MORE), min_size=1, max_size=14).map("".join))
def test_every_syntax_error_is_in_our_words_on_a_line_that_exists(text: str) -> None:
    outcome = read(text)
    if isinstance(outcome, Document):
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    for problem in outcome:
        assert not any(words in problem.message for words in LIBRARY), problem
        assert problem.location.line <= len(lines), problem
        assert problem.location.column <= len(lines[problem.location.line - 1]) + 1, problem
