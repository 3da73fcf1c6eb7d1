"""Graphviz and Mermaid themselves read a drawing of a whole graph, whatever stands in its labels."""

import json
import subprocess

import pytest
from tests.report.naughty import NAUGHTY
from tests.report.test_markdown import understood
from tests.support.worlds import graph_of, vocabulary

from shipcheck.report.encode import dot_text, visible
from shipcheck.report.graph.dot import render as render_dot
from shipcheck.report.graph.labels import LinkedGraph
from shipcheck.report.graph.mermaid import render as render_mermaid

WORLD = """
    shipcheck: 1
    teams: {t: {contact: x}}
    agents: {end: {owner: t, entry: true, calls: [{to: subgraph, through: [click]}]}}
    actions: {subgraph: {owner: t, sensitivity: high}}
    gates: {click: {owner: t}}
    """


@pytest.mark.needs("dot")
def test_graphviz_reads_every_label_as_it_was_meant() -> None:
    lines = [f'  n{number} [label="{dot_text(text)}"];' for number, text in enumerate(NAUGHTY)]
    drawing = "\n".join(["digraph {", *lines, "}"])
    done = subprocess.run(["dot", "-Tdot_json"], input=drawing.encode(), capture_output=True, check=True)
    labels = [node["label"] for node in json.loads(done.stdout)["objects"]]
    # A backslash that is escaped stays two until it is drawn.
    assert len(labels) == len(NAUGHTY)
    assert [label for label, text in zip(labels, NAUGHTY, strict=True) if label != visible(text).replace("\\", "\\\\")] == []


@pytest.mark.needs("dot")
def test_graphviz_draws_a_whole_graph() -> None:
    drawing = render_dot(LinkedGraph(graph_of(WORLD), vocabulary()))
    done = subprocess.run(["dot", "-Tsvg"], input=drawing.encode(), capture_output=True, check=True)
    assert done.stdout.count(b'class="node"') == drawing.count("shape=")
    assert done.stderr == b""


@pytest.mark.needs("node")
@pytest.mark.needs("mermaid")
@pytest.mark.needs("jsdom")
def test_mermaid_reads_a_whole_graph() -> None:
    drawing = render_mermaid(LinkedGraph(graph_of(WORLD), vocabulary()))
    (read,) = understood([drawing])
    assert len(read["edges"]) == drawing.count("-->") > 0
