"""Files of tests come from strangers: whatever is in them, there is a result or a refusal, never a traceback."""

from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.support.cases import cases
from tests.support.running import write

from shipcheck.app.policy_test import TestRequest, policy_test
from shipcheck.cli.policy_test import exit_code
from shipcheck.report.policy_test.json import render as render_json
from shipcheck.report.policy_test.junit import render as render_junit
from shipcheck.report.policy_test.text import render as render_text
from shipcheck.report.style import Style

HERE = Path(__file__).parents[2] / "policy_test" / "packs" / "strong-tests"
PACK = (HERE / "pack.yaml").read_text("utf-8")
TABLE = (HERE / "tests" / "paid" / "cases.yaml").read_text("utf-8")
WORLD = (HERE / "tests" / "paid" / "passes" / "shipcheck.yaml").read_text("utf-8")
MARKED = WORLD.replace("    calls:\n", "    calls:\n      # expect: paid-behind-a-gate to action:pay, 1 hop, error\n")
HEADED = f"# shipcheck-test: paid-behind-a-gate, as of 2026-11-22\n{MARKED}"
# Pieces that mean something where they come to stand, and some that mean something else to YAML.
PIECES = (
    *(
        "agent:payer",
        "gate:desk.decided_by",
        ".0.",
        ".calls",
        "[]",
        "{}",
        "expect: ",
        "edit: ",
        "not_applicable",
        "2026-13-01",
        "\n",
    ),
    *(
        "- ",
        "  ",
        ": ",
        "# ",
        "#",
        "'",
        '"',
        "|",
        ">",
        "~",
        "on",
        "1e9",
        "\u202e",
        "&a ",
        "*a",
        "!!str ",
        "\t",
        "error",
        "9" * 30,
    ),
)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """A text with some of it cut out and something else put in."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[end:]
    return text


@cases(150, HealthCheck.function_scoped_fixture)
@given(damaged(TABLE), damaged(HEADED))
def test_there_is_always_a_result(tmp_path: Path, table: str, marked: str) -> None:
    folder = tmp_path / "strong-tests"
    world = {"tests/paid/passes/shipcheck.yaml": WORLD}
    texts = {"pack.yaml": PACK, "tests/paid/cases.yaml": table, "tests/paid/marked/shipcheck.yaml": marked}
    write(folder, {name: text.encode("utf-8", "replace").decode("utf-8") for name, text in {**texts, **world}.items()})
    found = policy_test(TestRequest(str(folder)))
    assert exit_code(found) in {0, 1, 3}
    for text in (render_text(found, Style(color=False)), render_json(found), render_junit(found)):
        assert text.endswith("\n")
