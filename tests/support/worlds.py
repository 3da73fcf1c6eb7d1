"""Manifests and packs from literals: what the tests of the language, the evaluator and the searches all start from."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from textwrap import dedent

from shipcheck.evaluate.evaluate import Evaluator
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.language.syntax.source_text import SourceText
from shipcheck.link.link import link
from shipcheck.model.component import Manifest
from shipcheck.model.document import Document, File, Scalar
from shipcheck.model.finding import Finding
from shipcheck.model.policy import Plan, Policy
from shipcheck.model.problem import Problem
from shipcheck.model.report import PolicyResult
from shipcheck.model.settings import Settings
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.read.parse import parse
from shipcheck.validate.manifest import ManifestValidator
from shipcheck.vocabulary.vocabulary import Vocabulary

TODAY = date(2026, 11, 22)
PACK = "trial"
HEAD = f"pack: {PACK}\nversion: 1.0.0\n"
DEFAULT_SETTINGS = Settings()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the tool."""
    return load_vocabulary()


@cache
def _validator() -> ManifestValidator:
    return ManifestValidator(vocabulary())


def document(text: str, path: str = "shipcheck.yaml", origin: str = "worktree") -> Document:
    """The document that the text is; a text that is no document fails the test."""
    found = parse(File(origin, path, text.encode("utf-8")))
    assert isinstance(found, Document), found
    return found


def manifest_of(text: str, path: str = "shipcheck.yaml") -> Manifest | tuple[Problem, ...]:
    """The manifest that the text is, or what is wrong with it."""
    return _validator().validate(document(text, path))


def graph_of(files: str | Mapping[str, str]) -> Graph:
    """The linked graph of manifest files; anything wrong with them fails the test."""
    named = {"shipcheck.yaml": dedent(files)} if isinstance(files, str) else files
    manifests = []
    for path, text in sorted(named.items()):
        outcome = manifest_of(text, path)
        assert isinstance(outcome, Manifest), outcome
        manifests.append(outcome)
    graph = link(manifests, vocabulary())
    assert isinstance(graph, Graph), graph
    return graph


def compile_pack(
    head: str, *families: str, settings: Settings = DEFAULT_SETTINGS
) -> tuple[Plan, tuple[Problem, ...], tuple[Problem, ...]]:
    """A pack compiled: the plan, the faults of its files, and the misuse by the settings."""
    documents = PackDocuments(
        PACK,
        document(head, "pack.yaml", PACK),
        tuple(document(text, f"family{number}.yaml", PACK) for number, text in enumerate(families, 1)),
    )
    return compile_plan([documents], settings, vocabulary())


def plan_of(body: str, *, settings: Settings = DEFAULT_SETTINGS) -> Plan:
    """The plan of a pack whose `params`, `select` and `policies` are given; anything wrong with it fails the test."""
    plan, faults, misuse = compile_pack(HEAD + dedent(body), settings=settings)
    assert not faults, faults
    assert not misuse, misuse
    return plan


def policy_of(text: str, *, above: str = "", settings: Settings = DEFAULT_SETTINGS) -> Policy:
    """One policy from its keys: `id`, `title` and `why` are added where they are not written."""
    lines = dedent(text).strip("\n").splitlines()
    given = {line.partition(":")[0] for line in lines if not line.startswith(" ")}
    lines += [
        f"{key}: {value}" for key, value in (("id", "the-rule"), ("title", "A rule"), ("why", "Because.")) if key not in given
    ]
    body = "\n".join(f"{'  - ' if not number else '    '}{line}" for number, line in enumerate(lines))
    return plan_of(f"{dedent(above)}\npolicies:\n{body}\n", settings=settings).policies[0]


def judge(policy: Policy, files: str | Mapping[str, str], today: date = TODAY) -> PolicyResult:
    """How the policy comes out over the world."""
    return Evaluator(graph_of(files), vocabulary(), today).evaluate(policy)


def findings(text: str, files: str | Mapping[str, str], *, above: str = "", today: date = TODAY) -> tuple[Finding, ...]:
    """The findings of one policy over the world."""
    return judge(policy_of(text, above=above), files, today).findings


def only(text: str, files: str | Mapping[str, str], *, above: str = "", today: date = TODAY) -> Finding:
    """The one finding of one policy over the world."""
    found = findings(text, files, above=above, today=today)
    assert len(found) == 1, found
    return found[0]


def written(text: str) -> SourceText:
    """The text as a plain scalar that begins its file."""
    lines = text.split("\n")
    scalar = Scalar(text, True, 1, 1, len(lines), len(lines[-1]) + 1)  # noqa: FBT003 - plain
    return SourceText(Document(File(PACK, "pack.yaml", text.encode("utf-8")), scalar), scalar)
