"""The limits of what is parsed: our own numbers, the same on every Python, checked before a parser sees the bytes.

A C parser may crash the interpreter on deep nesting or take a thousand times the memory of its source.
"""

MAX_BYTES = 1024 * 1024
MAX_NESTING = 100
MAX_LINE = 50_000
MAX_OPERATORS = 3_000
# What an opaque part of a form is where it is nested deeper than is converted: what is in it is not read.
DEEP = "deep"

_OPENING, _CLOSING = frozenset(b"([{"), frozenset(b")]}")
_BRACKETS = bytes(range(256)).translate(None, b"([{)]}")
_IS_OPERATOR = frozenset(b"+-*/%&|^~!?.:=<>")
_OPERATORS = bytes(range(256)).translate(None, bytes(_IS_OPERATOR))
_COMMENTS = (b"#", b"//", b"/*", b"*")


def refusal(content: bytes) -> str:
    """Why a file is not parsed; empty if it is."""
    if len(content) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1024} KiB"
    if b"\0" in content:
        return "contains a null byte"
    if len(content) > MAX_LINE and max(map(len, content.split(b"\n"))) > MAX_LINE:
        return f"a line longer than {MAX_LINE:,} characters"
    if _nesting(content) > MAX_NESTING:
        return f"nested deeper than {MAX_NESTING} brackets"
    return "" if _chain(content) <= MAX_OPERATORS else f"more than {MAX_OPERATORS:,} operators in a row"


def _nesting(content: bytes) -> int:
    """The deepest nesting of brackets; those in texts and comments count too, which errs on the side of caution."""
    deepest = depth = 0
    for byte in content.translate(None, _BRACKETS):
        if byte in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    return deepest


def _chain(content: bytes) -> int:
    """The most operators in a row, over lines that begin or end with one; lines of comments are left out."""
    most = run = 0
    goes_on = False
    for line in content.split(b"\n"):
        text = line.strip()
        if not text or text.startswith(_COMMENTS):
            continue
        begins, ends = text[0] in _IS_OPERATOR, text[-1] in _IS_OPERATOR
        if not (begins or goes_on):
            run = 0
        if begins or ends or goes_on or len(text) > MAX_OPERATORS:
            run += len(text.translate(None, _OPERATORS))
            most = max(most, run)
        goes_on = ends
    return most
