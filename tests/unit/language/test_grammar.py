"""What binds how tightly, and which words go together."""

import pytest
from tests.support.worlds import written

from shipcheck.language.syntax.grammar import Tree, first_word, parse_condition, parse_links, parse_selector
from shipcheck.language.syntax.tokens import ExpressionError

LEAVES = {"number", "percent", "duration", "date", "text", "param", "yes_no", "today", "path"}


def drawn(tree: Tree) -> str:
    """The tree with a bracket around everything that is made of parts."""
    if tree.kind in LEAVES:
        return tree.word
    names = [name.word for name in tree.names]
    parts = " ".join([*names, *(drawn(part) for part in tree.parts)])
    return f"({tree.word} {parts})" if parts else f"({tree.word})"


def condition(text: str) -> str:
    return drawn(parse_condition(written(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("a.b.c", "a.b.c"),
        ("(a)", "a"),
        ("a or b and c", "(or a (and b c))"),
        ("a and b or c", "(or (and a b) c)"),
        ("(a or b) and c", "(and (or a b) c)"),
        ("a or b or c", "(or a b c)"),
        ("a and b and c", "(and a b c)"),
        ("a or (b or c)", "(or a (or b c))"),
        ("not a and b", "(and (not a) b)"),
        ("not (a and b)", "(not (and a b))"),
        ("not a == b", "(not (== a b))"),
        ("not not a", "(not (not a))"),
        ("a + b * c", "(+ a (* b c))"),
        ("a * b + c", "(+ (* a b) c)"),
        ("a - b - c", "(- (- a b) c)"),
        ("a / b / c", "(/ (/ a b) c)"),
        ("a - (b - c)", "(- a (- b c))"),
        ("a + b >= c - d", "(>= (+ a b) (- c d))"),
        ("a + b == c and d", "(and (== (+ a b) c) d)"),
        ("a in [b, c]", "(in a (list b c))"),
        ("a not in b", "(not (in a b))"),
        ("not a in b", "(not (in a b))"),
        ("a all in b", "(all in a b)"),
        ("[a, b] all in c", "(all in (list a b) c)"),
        ("a is set", "(set a)"),
        ("a is missing", "(missing a)"),
        ("a is present", "(present a)"),
        ("a is not set", "(not (set a))"),
        ("a is not missing", "(not (missing a))"),
        ("a is audit_trail", "(audit_trail audit_trail a)"),
        ("a is not audit_trail", "(not (audit_trail audit_trail a))"),
        ("a + b is set", "(set (+ a b))"),
        ("some x in a satisfies x.b", "(some x a x.b)"),
        ("some x in a satisfies x.b and c", "(and (some x a x.b) c)"),
        ("some x in a satisfies (x.b and c)", "(some x a (and x.b c))"),
        ("some x in a satisfies x.b == c or d", "(or (some x a (== x.b c)) d)"),
        ("every x in a satisfies not x.b", "(every x a (not x.b))"),
        ("no x in a satisfies some y in x.b satisfies y == c", "(no x a (some y x.b (== y c)))"),
        ("not some x in a satisfies x.b", "(not (some x a x.b))"),
        ("a and no x in b satisfies x", "(and a (no x b x))"),
        ("some x in a satisfies x is set", "(some x a (set x))"),
        ("count()", "(count)"),
        ("count(a)", "(count a)"),
        ("count(a where b or c)", "(count a (or b c))"),
        ("count(a) + count(b) >= 2", "(>= (+ (count a) (count b)) 2)"),
        ("share(a == b) <= 40%", "(<= (share (== a b)) 40%)"),
        ("max(a) - min(a) >= 2", "(>= (- (max a) (min a)) 2)"),
        ("unique(a)", "(unique a)"),
        ("sum(a * 2) > avg(b)", "(> (sum (* a 2)) (avg b))"),
        ("count", "count"),
        ("count.a", "count.a"),
        ("from.in.all", "from.in.all"),
        ("a >= today - 90d", "(>= a (- today 90d))"),
        ("a == true", "(== a true)"),
        ('a == "x y"', '(== a "x y")'),
        ("a >= $least", "(>= a $least)"),
    ],
)
def test_a_condition_parses_as_it_reads(text: str, expected: str) -> None:
    assert condition(text) == expected


@pytest.mark.parametrize(
    ("text", "names", "where"),
    [
        ("agent", ["agent"], None),
        ("agent or action", ["agent", "action"], None),
        ("agent where entry", ["agent"], "entry"),
        ("agent or action where a or b", ["agent", "action"], "(or a b)"),
    ],
)
def test_a_selector_is_kinds_and_a_condition(text: str, names: list[str], where: str | None) -> None:
    tree = parse_selector(written(text))
    assert [name.word for name in tree.names] == names
    assert (drawn(tree.where) if tree.where else None) == where


@pytest.mark.parametrize(
    ("text", "names", "where"),
    [
        ("link calls", ["calls"], None),
        ("link calls, starts", ["calls", "starts"], None),
        ("link calls where from.owner is set", ["calls"], "(set from.owner)"),
    ],
)
def test_a_link_subject_is_links_and_a_condition(text: str, names: list[str], where: str | None) -> None:
    assert first_word(written(text)) == "link"
    trees, condition_tree = parse_links(written(text))
    assert [tree.word for tree in trees] == names
    assert (drawn(condition_tree) if condition_tree else None) == where


@pytest.mark.parametrize("text", ["agent", "linked where entry", "agent where link", ""])
def test_other_subjects_are_not_about_links(text: str) -> None:
    assert first_word(written(text)) != "link"


def test_a_tree_knows_the_span_of_the_text_that_it_was_made_from() -> None:
    text = "a and (some x in b.c satisfies x == d) or not e"

    def check(tree: Tree) -> None:
        inner = [text[part.start : part.end] for part in tree.parts]
        assert all(piece in text[tree.start : tree.end] for piece in inner)
        for part in tree.parts:
            check(part)

    tree = parse_condition(written(text))
    check(tree)
    first, second = tree.parts
    assert text[first.start : first.end] == "a and (some x in b.c satisfies x == d)"
    assert text[second.start : second.end] == "not e"


@pytest.mark.parametrize(
    ("opening", "inner", "closing"),
    [("(", "a", ")"), ("not ", "a", ""), ("[", "a", "]"), ("", "a", " + a"), ("", "a", " * a"), ("count(", "a", ")")],
)
def test_nesting_has_one_bound_however_it_is_written(opening: str, inner: str, closing: str) -> None:
    parse_condition(written(opening * 39 + inner + closing * 39))
    with pytest.raises(ExpressionError, match="nested deeper than 40 levels"):
        parse_condition(written(opening * 40 + inner + closing * 40))


@pytest.mark.parametrize("word", ["and", "or"])
def test_a_long_row_of_parts_does_not_nest(word: str) -> None:
    assert len(parse_condition(written(f" {word} ".join(["a"] * 500))).parts) == 500


@pytest.mark.parametrize("repeated", ["(", "[", "not ", "count(", "a + ", "a * ", "some x in a satisfies ", "a.", "a,", "[("])
def test_endless_repetition_is_refused_and_never_recurses(repeated: str) -> None:
    with pytest.raises(ExpressionError):
        parse_condition(written(repeated * (3900 // len(repeated))))
