"""Plain scalars that some YAML gives a type: as text they are refused and quoting them helps; all others are text as they stand.

The property holds the one pattern that decides against both resolvers, written here from their specifications:
https://yaml.org/type/ for YAML 1.1 and https://yaml.org/spec/1.2.2/#103-core-schema for YAML 1.2.
"""

import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.reading import Said, said, validate

from shipcheck.model.component import Manifest
from shipcheck.model.scalars import AMBIGUOUS


def each(line: str) -> list[str]:
    return line.split()


BOOLEANS = each("y Y n N yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF")
NULLS = each("~ null Null NULL")
INTEGERS = each("0 1 -1 +1 42 007 010 08 09 1_000 0_7 -1_0 1__ 123456789012345678901")
BASED = each("0o17 0o0 -0o7 0x1F 0xdead -0xA 0x_1 0x_ 0b101 +0b1 0b1_0 0b_")
SEXAGESIMAL = each("1:20 1:20:30 190:20:30 -1:30 +12:05 1:5 22:22 1:20.5 190:20:30.15")
FLOATS = each("1.0 1.10 3. .5 -.5 +.5 0.0 -0.0 1e3 1E3 1e+3 1e-3 1.0e3 1.0e+3 6.02E23 1_000.5 .5e1 685.230_15e+03 1.e5")
SPECIAL = each(".inf .Inf .INF -.inf +.INF .nan .NaN .NAN << =")
DAYS = each("2026-09-14 2026-9-4 9999-99-99 2001-12-14t21:59:43.10-05:00 2001-12-15T02:59:43Z")
TIMES = ["2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43", "2001-12-15\t2:59:43"]
AMBIGUOUS_ONES = [*BOOLEANS, *NULLS, *INTEGERS, *BASED, *SEXAGESIMAL, *FLOATS, *SPECIAL, *DAYS, *TIMES]
# Neither specification gives these a type. They are refused as text all the same, by a pattern that is simpler than the two.
NOT_IN_A_SPECIFICATION = each("08 09 -0o7 9999-99-99 2026-9-4 1:20.5")
QUOTED_FOR_SAFETY = ["_", "-_1", "__", "_1", "._", "1:2e3", "2026-09-14 is the day", "2026-09-14Tea"]

WORDS = each("a yEs tRUE oN nUll NuLL none None nil undefined yes! no-one true-ish y2k n1 offset nano Infinity NaN inf nan null.")
VERSIONS = each("1.2.3 v1.10 1.10.0 1.0-rc1 3.11+ 1.x 0.1.2 0.5. gpt-4.1 4o o3 1a 0o8 0b2 0xG 10h 1d 1e e3 1e3x 1.2e3.4")
CALENDAR = each("2026-q3 2026-09 09-14 2026.09.14 2026/09/14 2026-W01 1:99 12:60:00 24h")
SIGNS = each("+ -- -a +a ... .. . .i .Nan .iNF < <<< == => ~a ~~ 1,5 50% $5")
BEYOND_ASCII = ["é", "😀", "\u0661", "\uff11", "1\u200b", "no\u00a0"]
TEXTS = [*WORDS, *VERSIONS, *CALENDAR, *SIGNS, *BEYOND_ASCII, "yes no", "1 000", "true false"]

YAML_1_1 = re.compile(
    r"""
      ~ | null | Null | NULL |
    | y|Y|yes|Yes|YES|n|N|no|No|NO | true|True|TRUE|false|False|FALSE | on|On|ON|off|Off|OFF
    | [-+]?0b[0-1_]+ | [-+]?0[0-7_]+ | [-+]?(?:0|[1-9][0-9_]*) | [-+]?0x[0-9a-fA-F_]+ | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
    | [-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+]?[0-9]+)? | [-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]* | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
    | << | =
    | [0-9]{4}-[0-9]{2}-[0-9]{2}
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}
      (?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
    """,
    re.VERBOSE | re.ASCII,
)
YAML_1_2 = re.compile(
    r"""
      null | Null | NULL | ~ |
    | true | True | TRUE | false | False | FALSE
    | [-+]?[0-9]+ | 0o[0-7]+ | 0x[0-9a-fA-F]+
    | [-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)? | [-+]?(?:\.inf|\.Inf|\.INF) | \.nan | \.NaN | \.NAN
    """,
    re.VERBOSE | re.ASCII,
)


def titled(scalar: str) -> str:
    return f"shipcheck: 1\nagents:\n  x:\n    title: {scalar}\n"


def test_the_tables_hold_what_they_promise() -> None:
    assert len(set(AMBIGUOUS_ONES)) == len(AMBIGUOUS_ONES) >= 90
    assert len(set(TEXTS)) == len(TEXTS) >= 60


@pytest.mark.parametrize("scalar", [*AMBIGUOUS_ONES, *QUOTED_FOR_SAFETY])
def test_a_plain_scalar_that_can_be_something_else_is_refused_as_text(scalar: str) -> None:
    message = f"'{scalar}' can be read as something other than text; quote it: \"{scalar}\""
    assert said(validate(titled(scalar))) == [Said("ambiguous-text", (4, 12, 4, 12 + len(scalar)), message)]


@pytest.mark.parametrize("scalar", [*AMBIGUOUS_ONES, *QUOTED_FOR_SAFETY])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_the_same_in_quotes_is_text(scalar: str, quote: str) -> None:
    manifest = validate(titled(f"{quote}{scalar}{quote}"))
    assert isinstance(manifest, Manifest)
    assert manifest.components[0].values == {"title": scalar}


@pytest.mark.parametrize("scalar", ["|\n      no", ">\n      1.10"])
def test_a_block_is_text(scalar: str) -> None:
    assert isinstance(validate(titled(scalar)), Manifest)


@pytest.mark.parametrize("scalar", TEXTS)
def test_every_other_plain_scalar_is_text(scalar: str) -> None:
    manifest = validate(titled(scalar))
    assert isinstance(manifest, Manifest), manifest
    assert manifest.components[0].values == {"title": scalar}


@pytest.mark.parametrize("scalar", AMBIGUOUS_ONES)
def test_the_table_of_refused_scalars_is_what_a_specification_says(scalar: str) -> None:
    assert YAML_1_1.fullmatch(scalar) or YAML_1_2.fullmatch(scalar) or scalar in NOT_IN_A_SPECIFICATION


def typed_by_pyyaml(scalar: str) -> bool:
    loader: Any = yaml.SafeLoader("")
    return bool(loader.resolve(yaml.ScalarNode, scalar, (True, False)) != "tag:yaml.org,2002:str")


@pytest.mark.parametrize("scalar", [*TEXTS, *QUOTED_FOR_SAFETY])
def test_pyyaml_reads_the_others_as_text(scalar: str) -> None:
    assert not typed_by_pyyaml(scalar)


LIKE_A_NUMBER = st.text(alphabet="0123456789_.:+-eExob aAfFTZ", max_size=14)
LIKE_A_WORD = st.sampled_from([*BOOLEANS, *NULLS, *SPECIAL]).flatmap(
    lambda word: st.sampled_from([word, word.swapcase(), word + "a", "a" + word, word[:-1], word * 2])
)
LIKE_A_DATE = st.from_regex(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]{1,2})?([0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?(\.[0-9]*)?(Z|[-+]5)?", fullmatch=True
)


@cases(500)
@given(LIKE_A_NUMBER | LIKE_A_WORD | LIKE_A_DATE)
@example("1.")
@example("0x")
def test_whatever_any_yaml_gives_a_type_is_ambiguous(scalar: str) -> None:
    if YAML_1_1.fullmatch(scalar) or YAML_1_2.fullmatch(scalar) or typed_by_pyyaml(scalar):
        assert AMBIGUOUS.fullmatch(scalar)


@cases(500)
@given(st.from_regex(AMBIGUOUS, fullmatch=True))
def test_what_is_ambiguous_looks_like_a_number_a_date_or_one_of_few_words(scalar: str) -> None:
    assert scalar in {*BOOLEANS, *NULLS, *SPECIAL, ""} or re.match(r"[-+]?[._]*[0-9_]|[-+]?\.(inf|Inf|INF)", scalar)
