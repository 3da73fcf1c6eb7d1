"""Path patterns: what each sign stands for, and that no pattern takes long."""

from functools import cache
from itertools import zip_longest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.cases import cases

from shipcheck.sources.manifests import glob_pattern

TABLE: dict[str, tuple[list[str], list[str]]] = {
    "ai.yaml": (["ai.yaml"], ["b/ai.yaml", "ai.yamlx", "xai.yaml", "aiXyaml", "ai.yaml/b", ""]),
    "/ai.yaml": (["ai.yaml"], ["b/ai.yaml", "/ai.yaml"]),
    "a/b.yaml": (["a/b.yaml"], ["b.yaml", "x/a/b.yaml", "a/x/b.yaml"]),
    "*.yaml": (["a.yaml", ".yaml", "a.b.yaml"], ["b/a.yaml", "a.yml", "a.yaml/b"]),
    "a*c": (["ac", "abc", "abcc"], ["a/c", "abcd"]),
    "*": (["a", "a.b", ""], ["a/b"]),
    "?": (["a", "é", "\n"], ["", "ab", "/"]),
    "a?c": (["abc"], ["ac", "a/c", "abbc"]),
    "*/a": (["x/a", "/a"], ["a", "x/y/a"]),
    "a/*": (["a/b", "a/"], ["a", "a/b/c"]),
    "a/*/c": (["a/b/c", "a//c"], ["a/c", "a/b/b/c"]),
    "vendor/": (["vendor/a", "vendor/a/b", "vendor/"], ["vendor", "x/vendor/a", "vendors/a"]),
    "a/b/": (["a/b/c", "a/b/c/d"], ["a/c", "b/c"]),
    "**": (["", "a", "a/b", "a/b/c"], []),
    "**/a": (["a", "x/a", "x/y/a"], ["xa", "a/x", "x/ya"]),
    "a/**": (["a/b", "a/b/c", "a/"], ["a", "b/a/c"]),
    "a/**/c": (["a/c", "a/b/c", "a/b/b/c"], ["ac", "a/bc", "a/c/d", "xa/c"]),
    "**/a/**/b/**": (["a/b/", "a/b/c", "x/a/y/b/z", "a/b/b/c", "a/a/b/c"], ["a/b", "b/a/c", "xa/b/c"]),
    "**/*.yaml": (["a.yaml", "b/a.yaml", "b/c/a.yaml"], ["a.yml", "a.yaml/b"]),
    "**/test_*/": (["test_a/b", "x/test_a/b/c"], ["test_a", "x/test/b"]),
    "a**b": (["ab", "axb", "a/b", "a/x/b"], ["a", "abc"]),
    "a**/b": (["a/b", "ax/b", "a/x/b"], ["ab", "a"]),
    "**.yaml": (["a.yaml", "b/a.yaml"], ["a.yml"]),
    "***": (["", "a/b"], []),
    "a.[b]+(c)": (["a.[b]+(c)"], ["a.b", "axb"]),
    "a{b,c}": (["a{b,c}"], ["ab", "ac"]),
    "a b\\c$": (["a b\\c$"], ["a b", "c"]),
    "**/d\ne/*": (["d\ne/f", "x/d\ne/f"], ["de/f"]),
    "A.yaml": (["A.yaml"], ["a.yaml"]),
    "*a*b*": (["ab", "xaxbx", "aab", "abab"], ["ba", "a/b", "b"]),
    "*ab": (["ab", "aab", "abab"], ["aba", "abx"]),
    "**/*a*/b": (["a/b", "xax/b", "x/a/b", "a/a/b"], ["b/b", "a/x/b"]),
}  # fmt: skip


@pytest.mark.parametrize("pattern", TABLE)
def test_a_pattern_matches_whole_paths(pattern: str) -> None:
    right, wrong = TABLE[pattern]
    assert [path for path in right if not glob_pattern(pattern).fullmatch(path)] == []
    assert [path for path in wrong if glob_pattern(pattern).fullmatch(path)] == []


def naively(pattern: str, path: str) -> bool:
    """The meaning of a pattern, sign by sign, with every choice tried."""
    pattern = pattern.removeprefix("/")
    pattern += "**" if pattern.endswith("/") else ""

    @cache
    def fits(sign: int, place: int) -> bool:
        rest = pattern[sign:]
        ends = range(place, len(path) + 1)
        if not rest:
            return place == len(path)
        if rest.startswith("**/") and (sign == 0 or pattern[sign - 1] == "/"):
            return any(fits(sign + 3, end) for end in ends if end == place or path[end - 1] == "/")
        if rest.startswith("**"):
            return any(fits(sign + len(rest) - len(rest.lstrip("*")), end) for end in ends)
        if rest.startswith("*"):
            return any(fits(sign + 1, end) for end in ends if "/" not in path[place:end])
        if place == len(path):
            return False
        return (path[place] == rest[0] or (rest[0] == "?" and path[place] != "/")) and fits(sign + 1, place + 1)

    return fits(0, 0)


@cases(500)
@given(
    st.lists(st.sampled_from(["a", "b", "ab", "/", "*", "*", "?", "**", "**/", "/**/", "/**"]), max_size=8).map("".join),
    st.lists(st.sampled_from(["a", "b", "ab", "/", "a/", "/b", "ba"]), max_size=8).map("".join),
)
@example("*a*ab", "aabab")
@example("**/a*b/**", "a/ab/ab")
def test_a_pattern_means_what_it_says_sign_by_sign(pattern: str, path: str) -> None:
    assert bool(glob_pattern(pattern).fullmatch(path)) == naively(pattern, path)


@cases(500)
@given(st.data())
def test_a_pattern_that_is_made_from_a_path_matches_it(data: st.DataObject) -> None:
    path = data.draw(st.lists(st.sampled_from(["a", "b", "c", "/"]), max_size=12).map("".join)).strip("/").replace("//", "/a/")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(path)), max_size=6)))
    pieces = [path[start:end] for start, end in zip_longest([0, *cuts], cuts, fillvalue=len(path))]
    pattern = "".join(
        piece if index % 2 == 0 else "*" if "/" not in piece and data.draw(st.booleans()) else "**"
        for index, piece in enumerate(pieces)
    )
    if pattern.startswith("/") or pattern.endswith("/"):
        return
    assert naively(pattern, path) == bool(glob_pattern(pattern).fullmatch(path))


@pytest.mark.parametrize(
    "pattern",
    [
        "**/" * 100 + "b", "/**" * 100 + "/b", "*a" * 150 + "b", "**a" * 150 + "b", "**/*a" * 80 + "/b", "*?" * 200 + "b",
        "**/a/" * 80 + "b", "**/*/" * 80 + "b", "a**/" * 80 + "b", "*" * 499 + "b", "**a**/" * 80 + "b", "*a*/" * 100 + "b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["a/" * 2_000 + "c", "a" * 4_000 + "c", "aa/" * 1_300 + "c", "a" * 200 + "/" + "a" * 200])
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    assert glob_pattern(pattern).fullmatch(path) is None
