"""The page for a pull request: what it says, how long it may be, and walks that Mermaid itself can read."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tests.report.naughty import NAUGHTY
from tests.support.reports import altered, finding, long_walk, place, report, states

from shipcheck.model.change import Against, Change
from shipcheck.model.finding import GateVerdict
from shipcheck.report.check.markdown import COMMENT_BYTES, MARKER, SUMMARY_BYTES, render_page
from shipcheck.report.check.markdown import render as render_markdown
from shipcheck.report.check.witness_drawing import MOST_HOPS, render_witness

ROOT = Path(__file__).resolve().parents[2]


def drawings(page: str) -> list[str]:
    return [token.content for token in MarkdownIt("commonmark").parse(page) if token.info == "mermaid"]


def understood(texts: list[str]) -> list[Any]:
    """What Mermaid makes of each text: its nodes and edges, or None where it is no diagram."""
    command = ["node", str(Path(__file__).parent / "mermaid.mjs"), str(ROOT / ".ci/node_modules")]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, check=True, text=True)
    read: list[Any] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize("name", states())
@pytest.mark.parametrize("most", [COMMENT_BYTES, SUMMARY_BYTES, 5000])
def test_a_page_is_never_longer_than_it_may_be(name: str, most: int) -> None:
    judged = states()[name]
    page = render_page(judged, most)
    assert page.startswith(f"{MARKER}\n## shipcheck ")
    assert len(page.encode()) <= most


def test_what_does_not_fit_is_counted() -> None:
    judged = report(*(finding(f"agent:a{number}", target=f"action:c{number}") for number in range(5001)))
    page = render_markdown(judged)
    shown = page.count("\n#### ")
    assert page.endswith(
        f"\nThis page has no room for {5001 - shown} more findings; `shipcheck check --format concise` lists all.\n"
    )
    assert shown > 10


def test_one_endless_text_does_not_crowd_out_the_others() -> None:
    page = render_markdown(report(finding(text="x" * 70_000), finding("agent:b", target="action:d")))
    assert "no room for 1 more finding;" in page
    assert page.count("\n#### ") == 1
    endless = altered(report(), results=(), declared_absence="x" * 100_000)
    assert len(render_markdown(endless)) < 10_000


def test_what_a_change_introduces_comes_first_and_what_is_waived_last() -> None:
    waived, new = finding(status="waived"), finding("agent:z", change="introduced")
    old = finding("agent:b", target="action:d", change="unchanged")
    heads = [line for line in render_markdown(report(waived, old, new)).splitlines() if line.startswith("#### ")]
    assert heads == ["#### new error: text cannot be", "#### Unchanged: 1 finding", "#### Waived: 1 finding"]
    assert "#### no longer waived error: " in render_markdown(report(finding(status="expired")))


def test_each_walk_is_drawn_with_the_gates_that_do_not_count() -> None:
    (drawing,) = drawings(render_markdown(report(finding())))
    assert drawing.splitlines() == [
        "flowchart LR",
        '  n0["agent:a"]',
        '  n1["agent:b"]',
        '  n0 -->|"calls through g #40;does not qualify#41;"| n1',
        '  n2(["action:c"])',
        '  n1 -->|"calls through g #40;does not qualify#41;"| n2',
        "  style n2 stroke-width:3px",
    ]
    early = finding().witness[0]
    early = replace(early, gates=(GateVerdict("gate:g", qualifies=True, location=place(), reasons=()),))
    assert '|"calls through g #40;too early#41;"|' in "\n".join(render_witness(finding(witness=(early,))))


@pytest.mark.parametrize("hops", [1, MOST_HOPS, MOST_HOPS + 1, 1000])
def test_a_long_walk_is_drawn_by_its_ends(hops: int) -> None:
    lines = render_witness(long_walk(hops))
    assert lines[1] == '  n0["agent:a"]'
    assert '(["action:c"])' in lines[-3]
    assert sum("-->" in line for line in lines) == min(hops, MOST_HOPS)
    assert ("".join(lines).count(f"{hops - MOST_HOPS} more hop") == 1) is (hops > MOST_HOPS)


@pytest.mark.needs("node")
@pytest.mark.needs("mermaid")
@pytest.mark.needs("jsdom")
def test_mermaid_reads_every_walk_as_it_was_meant() -> None:
    chains = [*NAUGHTY, *("agent:" + text for text in NAUGHTY)]
    texts = ["\n".join(render_witness(finding(name, name))) + "\n" for name in chains]
    texts += ["\n".join(render_witness(long_walk(hops))) + "\n" for hops in (MOST_HOPS, 1000)]
    found = understood([*texts, 'flowchart LR\n  n0["a"b"]\n'])
    assert found[-1] is None
    walk = {"nodes": ["n0", "n1", "n2"], "edges": [["n0", "n1"], ["n1", "n2"]]}
    assert [text for text, read in zip(texts, found[: len(chains)], strict=False) if read != walk] == []
    assert [len(read["edges"]) for read in found[len(chains) : -1]] == [MOST_HOPS, MOST_HOPS + 2]


AGAINST = Against("main", "a" * 40, "b" * 40, "base")


def test_changes_come_before_findings_and_as_text() -> None:
    changes = tuple(Change("component-removed", f"agent:{n}", f"agent {n} @team <b> [x](y) is gone") for n in range(12))
    page = render_markdown(altered(report(finding(change="introduced")), against=AGAINST, changes=changes))
    head, _, rest = page.partition("### Changes")
    assert "#### " not in head
    changed = rest.partition("#### ")[0]
    assert "Findings: 1 introduced, 0 unchanged and 0 fixed." in changed
    assert changed.count("\n- removed: ") == 12
    rendered = MarkdownIt("commonmark").render(changed)
    assert "<b>" not in rendered
    assert "<a" not in rendered
    assert "@team" not in re.sub(r"<!-- -->", "|", rendered)


def test_without_a_base_or_a_verdict_there_are_no_changes() -> None:
    assert "### Changes" not in render_markdown(report(finding()))
    assert "### Changes" not in render_markdown(altered(states()["malformed"], against=AGAINST))


def test_endless_changes_leave_room_for_findings() -> None:
    changes = tuple(
        Change(kind, "agent:a", "x" * 10_000) for kind in ("component-removed", "link-removed", "team-changed") for _ in range(50)
    )
    page = render_markdown(altered(report(finding()), against=AGAINST, changes=changes))
    assert len(page.encode()) <= COMMENT_BYTES
    assert "#### " in page
