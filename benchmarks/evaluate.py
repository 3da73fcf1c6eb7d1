"""Time judging alone: 100 policies over a linked graph of 100,000 components and 500,000 links.

Usage: python benchmarks/evaluate.py [CELLS]      (default: 10000, of ten components each)

Prints what judging all policies takes, the slowest of them, and what one policy that most agents fail takes with the shortest
open path of every one of them, and networkx on the same graph.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import product

import networkx as nx  # type: ignore[import-untyped]

from shipcheck.evaluate.compiled_policy import PolicyCompiler, Prohibition
from shipcheck.evaluate.failures import Judge
from shipcheck.evaluate.graph_view import GraphView
from shipcheck.evaluate.must_not_reach import OpenPathSearch
from shipcheck.graph.graph import Graph
from shipcheck.language.compile.pack import PackDocuments, compile_plan
from shipcheck.link.link import link
from shipcheck.model.component import Component, LinkItem, Manifest, Mention, Reference
from shipcheck.model.document import Document, File, Scalar, Source
from shipcheck.model.policy import EachComponent, Policy
from shipcheck.model.settings import Settings
from shipcheck.pipeline.bundled import load_vocabulary
from shipcheck.pipeline.prepare import prepare
from shipcheck.read.parse import parse
from shipcheck.vocabulary.vocabulary import Vocabulary

TODAY = date(2026, 11, 22)
PLAIN = True
NOWHERE = Source(File("benchmark", "shipcheck.yaml", b""))
# Cells are linked with others of their block.
BLOCK = 8
EFFECTS = ("payments", "communication", "data_change")


def mention(name: str) -> Mention:
    """A reference without a place."""
    return Mention(name, Scalar(name, PLAIN, 1, 1, 1, 1))


def items(*names: str) -> tuple[LinkItem, ...]:
    """Links without gates."""
    return tuple(LinkItem(mention(name), ()) for name in names)


def gated(name: str, gate: str) -> LinkItem:
    """A link through a gate."""
    return LinkItem(mention(name), (mention(gate),))


def component(kind: str, name: str, **values: object) -> Component:
    """A component without a place."""
    owner = {} if kind in {"team", "portfolio"} else {"owner": mention("team-a")}
    return Component(Reference(kind, "default", name), Scalar(name, PLAIN, 1, 1, 1, 1), kind, NOWHERE, {**owner, **values}, {})


def shared() -> Iterator[Component]:
    """What all cells use."""
    yield component("team", "team-a", active=True, contact="a")
    yield component("team", "team-b", active=True, contact="b")
    yield component("portfolio", "all")
    yield component("model", "model", pinned=True, version="1", chosen_by="code")
    yield component(
        "audit_sink", "ledger", purpose="audit", retention_days=400, tamper_evident=True, on_failure="stop",
        records=("decision", "input", "output", "approver", "time"),
    )  # fmt: skip


def cell(number: int, cells: int) -> Iterator[Component]:
    """Ten components and about fifty links; one cell in a thousand has an open path to a sensitive action."""
    first = number - number % BLOCK
    near = [min(first + (number + step) % BLOCK, cells - 1) for step in range(3)]
    gate = f"gate-{number}"
    yield component(
        "use_case", f"case-{number}", stage="production" if number % 3 else "pilot", portfolio=items("all"),
        uses=items(*(f"agent-{number}-{index}" for index in range(3))), touches=items(f"system-{number}"),
        review_due=date(2027, 1, 1),
    )  # fmt: skip
    for index in range(3):
        calls = [gated(f"action-{other}-{which}", f"gate-{number}") for other, which in product(near, range(2 - index // 2))]
        if not number % 1000 and not index:
            calls.append(LinkItem(mention(f"action-{number}-0"), ()))
        delegates = (f"agent-{number}-{(index + 1) % 3}", f"agent-{near[1]}-{index}")
        yield component(
            "agent", f"agent-{number}-{index}", entry=not index, autonomy="acts", untrusted_input=False, calls=tuple(calls),
            delegates_to=items(*delegates), runs_on=items("model"), reads=items(f"data-{number}"),
            audited_by=items("ledger"),
        )  # fmt: skip
    for index in range(2):
        yield component(
            "action", f"action-{number}-{index}", sensitivity="high" if index else "critical", reversible=True,
            effects=(EFFECTS[(number + index) % 3],), writes_to=items(f"system-{number}"),
            audited_by=items("ledger"),
        )  # fmt: skip
    yield component(
        "gate", gate, decided_by="human", timing="before", decisions=("approve", "reject"), approvers=(mention("team-b"),),
        covers=EFFECTS, on_timeout="deny", approvals=2 if number % 10 < 3 else 1, audited_by=items("ledger"),
    )  # fmt: skip
    yield component("system", f"system-{number}", external=False, criticality="low")
    yield component("dataset", f"data-{number}", classification="internal", hosted_in=items(f"system-{number}"))
    cases = (f"case-{other}" for other in range(first, min(first + BLOCK, cells)))
    yield component(
        "integration", f"plan-{number}", use_cases=items(*cases), system=items(f"system-{number}"),
        status="verified", due=date(2026, 1, 1), workflow_change="a", training="b", rollback="c",
    )  # fmt: skip


def graph_of(cells: int, vocabulary: Vocabulary) -> Graph:
    """The linked graph."""
    made = (*shared(), *(made for number in range(cells) for made in cell(number, cells)))
    graph = link([Manifest(NOWHERE, made, None)], vocabulary)
    if not isinstance(graph, Graph):
        raise SystemExit(str(graph[:5]))
    return graph


def more_policies(count: int) -> str:
    """Policies of every shape, no two alike, with selectors and links that many of them share."""
    kinds = ("use_case", "agent", "action", "gate", "system", "dataset", "integration")
    along = ("calls, delegates_to", "calls, delegates_to, starts", "calls, delegates_to, connects_to, offers, starts")
    gates = ("human_gate", "human_gate where to.effects all in covers", "human_gate where count(approvers) >= 1")
    shapes = [
        *(f"each: {kind}\n    must: owner is set and owner.{field}" for kind in kinds for field in ("active", "contact is set")),
        *(
            f"each: agent where {which}\n    must_not_reach: {target}\n    along: {links}\n    unless_through: {gate}"
            for which, target, links, gate in product(
                ("entry", "autonomy == acts"), ("sensitive", "action where sensitivity == critical"), along, gates
            )
        ),
        *(f"each: agent\n    must: count(calls where sensitivity >= {word}) <= 20" for word in ("medium", "high", "critical")),
        *(f"each: action where sensitivity >= {word}\n    must: some sink in audited_by satisfies sink.retention_days >= {days}"
          for word in ("medium", "high") for days in (90, 180, 365)),
        *(f"each: link calls where to.sensitivity >= {word}\n    must: count(gates) >= 1 or from.entry"
          for word in ("high", "critical")),
        *(f"all: use_case where stage >= {stage}\n    per: portfolio\n    must: share(review_due is set) >= 90%"
          for stage in ("candidate", "pilot")),
        *(f"each: use_case\n    must_reach: {target}\n    along: uses, calls, delegates_to, audited_by"
          for target in ("audit_trail", "audit_sink", "audit_sink where tamper_evident", "action", "agent where entry")),
        *(f"each: integration where status >= {status}\n    must: due <= today or training is set"
          for status in ("planned", "in_progress", "implemented")),
    ]  # fmt: skip
    if len(shapes) < count:
        raise SystemExit(f"only {len(shapes)} shapes")
    head = "pack: many\nversion: 1.0.0\ndescription: many\n"
    select = """select:
  sensitive: action where sensitivity >= high and state != disabled
  human_gate: >-
    gate where decided_by == human and timing == before and condition is missing and on_timeout != allow
    and approve in decisions and reject in decisions and count(approvers) >= 1
  audit_trail: audit_sink where purpose == audit and tamper_evident
"""
    policies = "".join(
        f"  - id: p-{number}\n    title: T\n    why: W\n    {shape}\n" for number, shape in enumerate(shapes[:count])
    )
    return f"{head}{select}policies:\n{policies}"


def compiled(text: str, name: str, vocabulary: Vocabulary) -> tuple[Policy, ...]:
    """The policies of a pack."""
    document = parse(File(name, "pack.yaml", text.encode()))
    if not isinstance(document, Document):
        raise SystemExit(str(document))
    plan, faults, _ = compile_plan([PackDocuments(name, document, ())], Settings(), vocabulary)
    if faults:
        raise SystemExit("\n".join(f"{fault.location}: {fault.message}" for fault in faults))
    return plan.policies


def policies_of(count: int, vocabulary: Vocabulary) -> tuple[Policy, ...]:
    """The core pack and as many others as make the count."""
    core = prepare(None).plan.policies
    return (*core, *compiled(more_policies(count - len(core)), "many", vocabulary))


def timed(run: Callable[[], object]) -> float:
    """The seconds of processor time that one run takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


def judge_all(graph: Graph, vocabulary: Vocabulary, policies: tuple[Policy, ...]) -> list[tuple[float, str]]:
    """Judge every policy over a new view of the graph; the seconds that each takes."""
    view = GraphView(graph, vocabulary, TODAY)
    judge, compiler = Judge(view), PolicyCompiler(view)

    def run(policy: Policy) -> None:
        judge.judge(compiler.compile(policy))

    return [(timed(partial(run, policy)), policy.name) for policy in policies]


OPEN_PATHS = """pack: paths
version: 1.0.0
policies:
  - id: ungated
    title: No agent reaches a sensitive action except through a gate of two
    why: Three gates in ten require two people, so most paths are open.
    each: agent
    must_not_reach: action where sensitivity >= high
    along: calls, delegates_to, connects_to, offers, starts
    unless_through: gate where approvals >= 2
"""


def ungated(graph: Graph, vocabulary: Vocabulary) -> None:
    """One policy that most agents fail, with a shortest path for every one of them; and the same by networkx."""
    (policy,) = compiled(OPEN_PATHS, "paths", vocabulary)
    view = GraphView(graph, vocabulary, TODAY)
    subject, verb = policy.subject, PolicyCompiler(view).compile(policy).verb
    if not isinstance(subject, EachComponent) or not isinstance(verb, Prohibition):
        raise SystemExit(f"{policy.name} is not about paths")
    subjects = view.conditions.candidates(subject.selector)
    paths: list[list[tuple[int, int, int]]] = []

    def ours() -> None:
        paths.clear()
        for search in OpenPathSearch(view).searches(subjects, verb):
            paths.extend(search.distances.shortest_path(node) for node in search.failing)

    best = min(timed(ours) for _ in range(5))
    open_hops = next(OpenPathSearch(view).searches(subjects, verb)).open_hops
    backwards: nx.DiGraph = nx.DiGraph()
    links = set(verb.verb.along)
    for number, (source, name, target, _, _) in enumerate(graph.edges):
        if name in links and not open_hops.is_gated(number, target):
            backwards.add_edge(target, source)
    for target in view.conditions.candidates(verb.verb.target).nodes:
        backwards.add_edge("targets", target)
    theirs = min(timed(lambda: nx.single_source_shortest_path(backwards, "targets")) for _ in range(3))
    print(
        f"shortest open paths of {len(paths)} agents: {best * 1000:.0f} ms; networkx, given the open hops: {theirs * 1000:.0f} ms"
    )


def main() -> None:
    """Run and print."""
    gc.disable()
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    vocabulary = load_vocabulary()
    graph = graph_of(cells, vocabulary)
    policies = policies_of(100, vocabulary)
    print(f"{len(graph.components)} components, {len(graph.edges)} links, {len(policies)} policies")
    runs = [judge_all(graph, vocabulary, policies) for _ in range(3)]
    best = min(runs, key=lambda run: sum(seconds for seconds, _ in run))
    print(f"judging all: {sum(seconds for seconds, _ in best):.2f} s")
    for seconds, name in sorted(best, reverse=True)[:12]:
        print(f"  {seconds * 1000:6.1f} ms  {name}")
    ungated(graph, vocabulary)


if __name__ == "__main__":
    main()
