"""Every code of a complaint about a pack: a wrong pack, what is printed, the right pack.

SHIPCHECK_REWRITE=1 writes what is printed anew; then read it aloud before committing it.
"""

import os
import re
from pathlib import Path

import pytest
from tests.support.worlds import PACK, document, vocabulary

import shipcheck.language
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.language.compile.review import review
from shipcheck.model.document import Mapping
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.pipeline.bundled import load_catalogues
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import Style

HERE = Path(__file__).parent / "codes"
CASES = sorted(path.parent for path in HERE.glob("*/wrong.yaml"))


def checked(path: Path) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems of a pack, and if there are none its warnings."""
    packs = [PackDocuments(PACK, document(path.read_text("utf-8"), "pack.yaml", PACK), ())]
    plan, faults, misuse = compile_plan(packs, Settings(), vocabulary(), catalogues=load_catalogues())
    assert not misuse
    return faults, () if faults else review(packs, plan, vocabulary())


def codes() -> list[str]:
    root = document((HERE / "codes.yaml").read_text("utf-8"), "codes.yaml").root
    assert isinstance(root, Mapping)
    return [key.text for key, _ in root.entries]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_wrong_pack_is_answered_to_the_letter(case: Path) -> None:
    faults, warnings = checked(case / "wrong.yaml")
    excerpts = Excerpts({(PACK, "pack.yaml"): (case / "wrong.yaml").read_bytes()}, Style(color=False))
    word = "problem" if faults else "warning"
    printed = "\n\n".join(problem_blocks(faults or warnings, excerpts, Style(color=False), word)) + "\n"
    expected = case / "message.txt"
    if os.environ.get("SHIPCHECK_REWRITE"):
        expected.write_text(printed, "utf-8")
    assert printed == expected.read_text("utf-8")
    assert {problem.code for problem in faults or warnings} == {case.name.partition("-")[0]}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_right_pack_is_clean(case: Path) -> None:
    assert checked(case / "right.yaml") == ((), ())


def test_every_code_has_a_case_and_an_entry() -> None:
    source = "".join(file.read_text("utf-8") for file in Path(shipcheck.language.__path__[0]).rglob("*.py"))
    known = sorted(set(re.findall(r'"(P[0-9]{3})"', source)))
    assert codes() == known
    assert sorted({case.name.partition("-")[0] for case in CASES}) == known
