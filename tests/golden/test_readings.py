"""Every policy of the small pack, and one for each shape of the language, as it is read aloud.

How the policies of the built-in packs read is in their reference pages, which are generated.

SHIPCHECK_REWRITE=1 writes the files anew; then read them aloud before committing them.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.support.golden import compare, with_small_pack
from tests.support.worlds import PACK, document, policy_of, vocabulary

from shipcheck.app.policy_explain import policy_explain
from shipcheck.describe.sentences import policy_in_english
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.model.explain import CaseCounts, ExplainedPolicy, PolicyInEnglish
from shipcheck.model.policy import Pack
from shipcheck.model.settings import Settings
from shipcheck.pipeline.prepare import prepare
from shipcheck.policy_test.mutants import mutants
from shipcheck.report.policy_explain.json import render as render_json
from shipcheck.report.policy_explain.text import render as render_text
from shipcheck.report.style import Style

HERE = Path(__file__).parent
SHAPES = HERE.parent / "unit" / "language" / "eighteen.yaml"
PLAIN = Style(color=False)


def explained(name: str, folder: Path) -> tuple[ExplainedPolicy, ...]:
    """What is said of the small pack, or of one policy of it, where it is the pack in use."""
    found = policy_explain(name, with_small_pack(HERE / "clean", folder))
    assert found.problems == ()
    return found.policies


def shapes() -> Pack:
    documents = PackDocuments(PACK, document(SHAPES.read_text("utf-8"), "pack.yaml", PACK), ())
    plan, faults, _ = compile_plan([documents], Settings(), vocabulary())
    assert faults == ()
    return plan.packs[0]


def readings(pack: Pack) -> Iterable[PolicyInEnglish]:
    return (policy_in_english(policy, pack, vocabulary()) for policy in pack.policies)


def test_a_pack_is_read_aloud(tmp_path: Path) -> None:
    compare(HERE / "readings" / "pack.txt", render_text(explained("local", tmp_path), PLAIN))


def test_every_shape_of_policy_is_read_aloud() -> None:
    found = [ExplainedPolicy(reading, CaseCounts(0, 0, 0, ())) for reading in readings(shapes())]
    compare(HERE / "readings" / "shapes.txt", render_text(found, PLAIN))


def test_programs_are_told_the_same(tmp_path: Path) -> None:
    compare(HERE / "readings" / "selection-strict.json", render_json(explained("selection-strict", tmp_path)))


def test_colour_changes_nothing_but_colour(tmp_path: Path) -> None:
    found = explained("action-audited", tmp_path)
    colored = render_text(found, Style(color=True))
    assert colored.replace("\x1b[1m", "").replace("\x1b[0m", "") == render_text(found, PLAIN)


@pytest.mark.parametrize("name", ["core", "shapes"])
def test_whatever_changes_a_policy_changes_how_it_reads(name: str) -> None:
    """Each small change of what a policy asks, or of a named selector, is heard: nothing that matters is left out."""
    pack = shapes() if name == "shapes" else prepare(HERE / "clean").plan.packs[0]
    before = {reading.policy.id: said(reading) for reading in readings(pack)}
    unheard = [
        str(mutant)
        for mutant in mutants(pack)
        for policy in mutant.policies
        if said(policy_in_english(policy, pack, vocabulary())) == before[policy.id]
    ]
    assert unheard == []


def said(reading: PolicyInEnglish) -> tuple[object, ...]:
    return reading.asks, reading.means, reading.severity


def test_the_severity_of_a_link_is_said_by_its_ends() -> None:
    policy = policy_of(
        "each: link delegates_to where from.untrusted_input\nmust: count(gates) >= 1\n"
        "severity:\n  - warning when from.stage >= pilot\n  - note"
    )
    severity = policy_in_english(policy, shapes(), vocabulary()).severity
    assert severity == "A finding is a warning if the first agent's stage is pilot or production, and otherwise a note."
