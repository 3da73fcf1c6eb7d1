"""Packs that add fields, and manifests that write them, from literals."""

from datetime import date
from textwrap import dedent

from tests.support.worlds import TODAY, document, vocabulary

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.pack import PackDocuments, compile_plan, with_fields
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Pack, Plan
from shipcheck.model.problem import Problem
from shipcheck.model.settings import Settings
from shipcheck.validate.manifest import ManifestValidator
from shipcheck.vocabulary.vocabulary import Vocabulary

NAME = "bank/model-risk"


def pack(body: str, name: str = NAME) -> PackDocuments:
    """A pack with these keys besides its name and version."""
    return PackDocuments(name, document(f"pack: {name}\nversion: 1.0.0\n{dedent(body)}", "pack.yaml", name), ())


def compiled(*packs: PackDocuments) -> tuple[Plan, tuple[str, ...]]:
    """The plan of some packs, and the messages of their problems."""
    plan, problems, _ = compile_plan(packs, Settings(), vocabulary())
    return plan, tuple(problem.message for problem in problems)


def only_pack(body: str) -> Pack:
    """The pack with these keys; a problem fails the test."""
    plan, problems = compiled(pack(body))
    assert problems == ()
    return plan.packs[0]


def known_with(*packs: PackDocuments) -> Vocabulary:
    """The vocabulary with the fields of these packs."""
    return with_fields(vocabulary(), packs)


def manifest_in(known: Vocabulary, text: str) -> Manifest | tuple[Problem, ...]:
    """What a text declares by a vocabulary, or what is wrong with it."""
    return ManifestValidator(known).validate(document(f"shipcheck: 1\n{dedent(text)}"))


def complaints(known: Vocabulary, text: str) -> list[str]:
    """The messages of what is wrong with a text."""
    outcome = manifest_in(known, text)
    return [] if isinstance(outcome, Manifest) else [problem.message for problem in outcome]


def graph_in(known: Vocabulary, text: str) -> Graph:
    """The linked graph of a text; anything wrong with it fails the test."""
    outcome = manifest_in(known, text)
    assert isinstance(outcome, Manifest), outcome
    graph = link([outcome], known)
    assert isinstance(graph, Graph), graph
    return graph


def values(graph: Graph, name: str) -> dict[str, object]:
    """The values of a component."""
    return next(graph.values[node] for reference, node in graph.index.items() if str(reference) == name)


def findings_of(body: str, text: str, today: date = TODAY) -> list[Finding]:
    """What the policies of a pack find in a text."""
    only = pack(body)
    plan, problems = compiled(only)
    assert problems == ()
    known = known_with(only)
    evaluator = Evaluator(graph_in(known, text), known, today)
    return [finding for policy in plan.policies for finding in evaluator.evaluate(policy).findings]
