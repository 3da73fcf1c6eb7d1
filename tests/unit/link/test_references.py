"""What a written reference means, and every way in which it can mean nothing, too much or something else."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from tests.support.reading import Place, linked, place

from shipcheck.graph.graph import Graph
from shipcheck.model.component import Reference
from shipcheck.model.problem import MAX_PROBLEMS, Problem

HEAD = "shipcheck: 1\n"


class Complaint(NamedTuple):
    """One complaint: its code, where it stands, its words, and the other places with their labels."""

    code: str
    at: str
    message: str
    related: tuple[tuple[str, str], ...] = ()


class Case(NamedTuple):
    """Files by path, and what the linker says about them."""

    files: dict[str, str]
    complaints: list[Complaint]


def complaints(files: str | dict[str, str]) -> list[Complaint]:
    outcome = linked(files)
    assert isinstance(outcome, tuple), outcome
    return [
        Complaint(
            problem.code,
            str(problem.location),
            problem.message,
            tuple((str(location), label) for location, label in problem.related),
        )
        for problem in sorted(outcome)
    ]


def graph(files: str | dict[str, str]) -> Graph:
    outcome = linked(files)
    assert isinstance(outcome, Graph), outcome
    return outcome


def one(body: str, *found: Complaint) -> Case:
    return Case({"shipcheck.yaml": HEAD + body}, list(found))


def value(found: Graph, reference: str, name: str) -> list[str]:
    """The components that a field of a component holds, as references."""
    kind, _, rest = reference.partition(":")
    space, slash, short = rest.rpartition("/")
    node = found.index[Reference(kind, space if slash else "default", short)]
    held = found.values[node][name]
    nodes = held if isinstance(held, tuple) else (held,)
    return [str(found.reference(each)) for each in nodes]


NAMED = "agents: {a: {calls: [%s]}}\nactions: {b: {}}\n"
SPACED = {
    "one.shipcheck.yaml": HEAD + "namespace: pay\nagents: {a: {calls: [%s]}}\nactions: {b: {}}\n",
    "two.shipcheck.yaml": HEAD + "namespace: hr\nactions: {b: {}, c: {}}\n",
    "three.shipcheck.yaml": HEAD + "actions: {b: {}, d: {}}\n",
}


@pytest.mark.parametrize(
    "written", ["b", "action:b", "default/b", "action:default/b", "'b'", '"action:b"', "{to: b}", "{to: default/b}"]
)
def test_every_way_of_writing_a_reference_means_the_same_component(written: str) -> None:
    assert value(graph(HEAD + NAMED % written), "agent:a", "calls") == ["action:b"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("b", "action:pay/b"),
        ("pay/b", "action:pay/b"),
        ("action:pay/b", "action:pay/b"),
        ("hr/b", "action:hr/b"),
        ("action:hr/c", "action:hr/c"),
        ("default/b", "action:b"),
        ("default/d", "action:d"),
    ],
)
def test_a_bare_name_means_the_namespace_of_its_file_and_a_namespaced_one_the_other(written: str, meant: str) -> None:
    files = {path: text % written if "%s" in text else text for path, text in SPACED.items()}
    assert value(graph(files), "agent:pay/a", "calls") == [meant]


@pytest.mark.parametrize("name", ["c", "d"])
def test_a_bare_name_never_means_another_namespace(name: str) -> None:
    files = {path: text % name if "%s" in text else text for path, text in SPACED.items()}
    [complaint] = complaints(files)
    assert (complaint.code, complaint.at) == ("dangling-reference", "one.shipcheck.yaml:3:22")


def test_the_default_namespace_is_not_printed_and_every_other_one_is() -> None:
    found = graph({path: text % "b" if "%s" in text else text for path, text in SPACED.items()})
    assert [str(component.reference) for component in found.components] == [
        "action:b", "action:d", "action:hr/b", "action:hr/c", "action:pay/b", "agent:pay/a",
    ]  # fmt: skip


DANGLING = {
    "nothing near": one(
        "agents: {a: {calls: [zebra]}}\nactions: {b: {}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:22", "action 'zebra' not found; declare it or correct the name"),
    ),
    "a near name, shown with its place": one(
        "agents: {a: {calls: [isue-credit]}}\nactions:\n  issue-credit: {}\n  read-credit: {}\n",
        Complaint(
            "dangling-reference",
            "shipcheck.yaml:2:22",
            "action 'isue-credit' not found; did you mean 'issue-credit'?",
            (("shipcheck.yaml:4:3", "action:issue-credit is declared here"),),
        ),
    ),
    "a near name in another file": Case(
        {"a.shipcheck.yaml": HEAD + "agents: {a: {runs_on: [modle]}}\n", "b.shipcheck.yaml": HEAD + "models:\n  model: {}\n"},
        [
            Complaint(
                "dangling-reference",
                "a.shipcheck.yaml:2:24",
                "model 'modle' not found; did you mean 'model'?",
                (("b.shipcheck.yaml:3:3", "model:model is declared here"),),
            )
        ],
    ),
    "a near name of another namespace is not offered": Case(
        {
            "a.shipcheck.yaml": HEAD + "namespace: x\nagents: {a: {runs_on: [modle]}}\n",
            "b.shipcheck.yaml": HEAD + "models: {model: {}}\n",
        },
        [Complaint("dangling-reference", "a.shipcheck.yaml:3:24", "model 'modle' not found; declare it or correct the name")],
    ),
    "a prefix": one(
        "agents: {a: {calls: ['action:q']}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:22", "action 'action:q' not found; declare it or correct the name"),
    ),
    "a link that allows several kinds": one(
        "use_cases: {u: {uses: [z]}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:24", "agent or model 'z' not found; declare it or correct the name"),
    ),
    "a single link": one(
        "use_cases: {u: {portfolio: zebra}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:28", "portfolio 'zebra' not found; declare it or correct the name"),
    ),
    "the target of a hop": one(
        "agents: {a: {calls: [{to: zebra, through: [g]}]}}\ngates: {g: {}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:27", "action 'zebra' not found; declare it or correct the name"),
    ),
    "the gate of a hop": one(
        "agents: {a: {calls: [{to: b, through: [g, h]}]}}\nactions: {b: {}}\ngates: {g: {}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:43", "gate 'h' not found; declare it or correct the name"),
    ),
    "an owner": one(
        "agents: {a: {owner: payments}}\nteams:\n  payment: {}\n",
        Complaint(
            "dangling-reference",
            "shipcheck.yaml:2:21",
            "team 'payments' not found; did you mean 'payment'?",
            (("shipcheck.yaml:4:3", "team:payment is declared here"),),
        ),
    ),
    "a list of references": one(
        "gates: {g: {approvers: [x, w, x2]}}\nteams: {w: {}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:25", "team 'x' not found; declare it or correct the name"),
        Complaint("dangling-reference", "shipcheck.yaml:2:31", "team 'x2' not found; declare it or correct the name"),
    ),
    "a reference in a record": one(
        "use_cases:\n  u:\n    decision: {by: board}\n    scorecard: {scored_by: board}\n    outcome: {measured_by: board}\n",
        *(
            Complaint("dangling-reference", f"shipcheck.yaml:{at}", "team 'board' not found; declare it or correct the name")
            for at in ("4:20", "5:28", "6:28")
        ),
    ),
    "a default owner, once for all that inherit it": one(
        "defaults: {owner: pay}\nagents: {a: {}, b: {}, c: {owner: ops}}\nactions: {d: {}}\nteams: {ops: {}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:19", "team 'pay' not found; declare it or correct the name"),
    ),
    "the same name at two places": one(
        "agents: {a: {calls: [x]}, b: {calls: [x]}}\n",
        Complaint("dangling-reference", "shipcheck.yaml:2:22", "action 'x' not found; declare it or correct the name"),
        Complaint("dangling-reference", "shipcheck.yaml:2:39", "action 'x' not found; declare it or correct the name"),
    ),
}  # fmt: skip
OTHER = {
    "the name is of another kind": one(
        "agents: {a: {calls: [ledger]}}\naudit_sinks:\n  ledger: {}\n",
        Complaint(
            "wrong-kind",
            "shipcheck.yaml:2:22",
            "'ledger' is an audit_sink; expected an action",
            (("shipcheck.yaml:4:3", "audit_sink:ledger is declared here"),),
        ),
    ),
    "an owner that is a person's agent": one(
        "agents: {a: {owner: a}}\n",
        Complaint(
            "wrong-kind",
            "shipcheck.yaml:2:21",
            "'a' is an agent; expected a team",
            (("shipcheck.yaml:2:10", "agent:a is declared here"),),
        ),
    ),
    "one of two kinds belongs here": one(
        "use_cases: {u: {uses: [t]}}\nteams: {t: {}}\n",
        Complaint(
            "wrong-kind",
            "shipcheck.yaml:2:24",
            "'t' is a team; expected an agent or a model",
            (("shipcheck.yaml:3:9", "team:t is declared here"),),
        ),
    ),
    "both kinds exist": one(
        "use_cases: {u: {uses: [x]}}\nagents: {x: {}}\nmodels: {x: {}}\n",
        Complaint(
            "ambiguous-reference",
            "shipcheck.yaml:2:24",
            "'x' is ambiguous between agent:x and model:x; write agent:x or model:x",
            (("shipcheck.yaml:3:10", "agent:x is declared here"), ("shipcheck.yaml:4:10", "model:x is declared here")),
        ),
    ),
    "all three kinds exist": one(
        "actions: {a: {changes: [x]}}\nagents: {x: {}}\nprompts: {x: {}}\ndatasets: {x: {}}\n",
        Complaint(
            "ambiguous-reference",
            "shipcheck.yaml:2:25",
            "'x' is ambiguous between prompt:x, dataset:x and agent:x; write prompt:x, dataset:x or agent:x",
            (
                ("shipcheck.yaml:4:11", "prompt:x is declared here"),
                ("shipcheck.yaml:5:12", "dataset:x is declared here"),
                ("shipcheck.yaml:3:10", "agent:x is declared here"),
            ),
        ),
    ),
    "a namespace that nobody provides": one(
        "agents: {a: {calls: [billing/x]}}\n",
        Complaint(
            "unknown-namespace",
            "shipcheck.yaml:2:22",
            "namespace 'billing' not found in this repository or its packs",
        ),
    ),
    "a namespace that is nearly one": Case(
        {
            "a.shipcheck.yaml": HEAD + "agents: {a: {owner: platfrom/x}}\n",
            "b.shipcheck.yaml": HEAD + "namespace: platform\nteams: {x: {}}\n",
        },
        [
            Complaint(
                "unknown-namespace",
                "a.shipcheck.yaml:2:21",
                "namespace 'platfrom' not found in this repository or its packs; did you mean 'platform'?",
            )
        ],
    ),
    "the default namespace where every file has another": Case(
        {"a.shipcheck.yaml": HEAD + "namespace: x\nagents: {a: {owner: default/x}}\n"},
        [
            Complaint(
                "unknown-namespace",
                "a.shipcheck.yaml:3:21",
                "namespace 'default' not found in this repository or its packs",
            )
        ],
    ),
    "an item twice, written in two ways": one(
        "gates: {g: {approvers: [a, 'team:a', default/a]}}\nteams: {a: {}}\n",
        *(
            Complaint(
                "duplicate-item",
                f"shipcheck.yaml:2:{column}",
                f"'{text}' is in the list twice; keep one",
                (("shipcheck.yaml:2:25", "first given here"),),
            )
            for column, text in ((28, "team:a"), (38, "default/a"))
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", [*DANGLING.values(), *OTHER.values()], ids=[*DANGLING, *OTHER])
def test_a_reference_that_does_not_resolve_is_a_complaint_at_its_place(case: Case) -> None:
    assert complaints(case.files) == case.complaints


def test_a_prefix_decides_where_two_kinds_have_the_name() -> None:
    found = graph(HEAD + "use_cases: {u: {uses: ['model:x', 'agent:x']}}\nagents: {x: {}}\nmodels: {x: {}}\n")
    assert value(found, "use_case:u", "uses") == ["agent:x", "model:x"]


def test_the_same_name_in_two_kinds_is_two_components() -> None:
    found = graph(HEAD + "agents: {x: {runs_on: [x]}}\nmodels: {x: {}}\n")
    assert value(found, "agent:x", "runs_on") == ["model:x"]


DOUBLED = {
    "in two files": Case(
        {"a.shipcheck.yaml": HEAD + "agents:\n  x: {}\n", "b.shipcheck.yaml": HEAD + "\nagents:\n  x: {}\n"},
        [
            Complaint(
                "duplicate-component",
                "b.shipcheck.yaml:4:3",
                "agent:x is declared twice; keep one, or rename one",
                (("a.shipcheck.yaml:3:3", "first declared here"),),
            )
        ],
    ),
    "in two files of one namespace": Case(
        {f"{name}.shipcheck.yaml": HEAD + "namespace: hr\nteams: {x: {}}\n" for name in "ab"},
        [
            Complaint(
                "duplicate-component",
                "b.shipcheck.yaml:3:9",
                "team:hr/x is declared twice; keep one, or rename one",
                (("a.shipcheck.yaml:3:9", "first declared here"),),
            )
        ],
    ),
    "in three files, the first being that of all the others": Case(
        {
            "a.shipcheck.yaml": HEAD + "teams: {w: {}, x: {}}\n",
            "b.shipcheck.yaml": HEAD + "teams: {x: {}}\n",
            "c.shipcheck.yaml": HEAD + "teams: {x: {}}\n",
        },
        [
            Complaint(
                "duplicate-component",
                f"{name}.shipcheck.yaml:2:9",
                "team:x is declared twice; keep one, or rename one",
                (("a.shipcheck.yaml:2:16", "first declared here"),),
            )
            for name in "bc"
        ],
    ),
    "twice is reported before names that dangle": Case(
        {"a.shipcheck.yaml": HEAD + "agents: {x: {calls: [z]}}\n", "b.shipcheck.yaml": HEAD + "agents: {x: {}}\n"},
        [
            Complaint(
                "duplicate-component",
                "b.shipcheck.yaml:2:10",
                "agent:x is declared twice; keep one, or rename one",
                (("a.shipcheck.yaml:2:10", "first declared here"),),
            )
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DOUBLED.values(), ids=DOUBLED)
def test_a_component_that_is_declared_twice_is_a_complaint_that_shows_both_places(case: Case) -> None:
    assert complaints(case.files) == case.complaints


def test_the_same_name_in_two_namespaces_is_two_components() -> None:
    found = graph({"a.shipcheck.yaml": HEAD + "agents: {x: {}}\n", "b.shipcheck.yaml": HEAD + "namespace: hr\nagents: {x: {}}\n"})
    assert [str(component.reference) for component in found.components] == ["agent:x", "agent:hr/x"]


NOTHING = HEAD + "nothing_to_declare: {owner: pay, date: 2026-01-01, reason: None here.}\n"


def test_a_repository_that_declares_nothing_and_something_contradicts_itself() -> None:
    [complaint] = complaints({"a.shipcheck.yaml": NOTHING, "b.shipcheck.yaml": HEAD + "agents:\n  x: {}\n"})
    assert complaint.code == "contradicted-absence"
    assert complaint.at.startswith("a.shipcheck.yaml:")
    assert complaint.message == "nothing_to_declare conflicts with agent:x; delete one of them"
    assert complaint.related == (("b.shipcheck.yaml:3:3", "agent:x is declared here"),)


def test_nothing_to_declare_beside_a_file_without_components_is_no_contradiction() -> None:
    found = graph({"a.shipcheck.yaml": NOTHING, "b.shipcheck.yaml": HEAD + "agents: {}\n"})
    assert found.components == ()


LINKED = """
agents:
  a:
    calls:
      - b
      - {to: b, through: [g]}
      - {to: c, through: [h, g]}
      - {to: b}
    delegates_to: [{to: d, through: [g]}]
  d: {runs_on: [m], calls: []}
actions:
  b: {guarded_by: [h, g], starts: [{to: d, through: [h]}]}
  c: {}
gates: {g: {}, h: {}}
models: {m: {}}
"""


def edges(found: Graph) -> list[tuple[str, str, str, list[str], int]]:
    """Every edge with references for numbers."""
    return [
        (str(found.reference(edge.source)), edge.link, str(found.reference(edge.target)),
         [str(found.reference(gate)) for gate in edge.gates], edge.item)
        for edge in found.edges
    ]  # fmt: skip


def test_every_link_item_is_an_edge_with_the_gates_of_its_hop_in_order() -> None:
    assert edges(graph(HEAD + LINKED)) == [
        ("action:b", "guarded_by", "gate:g", [], 1),
        ("action:b", "guarded_by", "gate:h", [], 0),
        ("action:b", "starts", "agent:d", ["gate:h"], 0),
        ("agent:a", "calls", "action:b", [], 0),
        ("agent:a", "calls", "action:b", [], 3),
        ("agent:a", "calls", "action:b", ["gate:g"], 1),
        ("agent:a", "calls", "action:c", ["gate:h", "gate:g"], 2),
        ("agent:a", "delegates_to", "agent:d", ["gate:g"], 0),
        ("agent:d", "runs_on", "model:m", [], 0),
    ]


def test_an_edge_stands_where_its_target_is_written() -> None:
    found = graph(HEAD + LINKED)
    places = {(edge.link, edge.item): place(found.edge_place(edge)) for edge in found.edges}
    assert places["calls", 0] == (6, 9, 6, 10)
    assert places["calls", 1] == (7, 14, 7, 15)
    assert places["delegates_to", 0] == (10, 25, 10, 26)


@pytest.mark.parametrize(
    ("target", "gate", "where"),
    [("action:b", "gate:g", (7, 27, 7, 28)), ("action:c", "gate:h", (8, 27, 8, 28)), ("action:c", "gate:g", (8, 30, 8, 31))],
)
def test_a_gate_of_a_hop_stands_where_the_hop_names_it(target: str, gate: str, where: Place) -> None:
    found = graph(HEAD + LINKED)
    numbers = {str(component.reference): number for number, component in enumerate(found.components)}
    edge = next(edge for edge in found.edges if edge.target == numbers[target] and edge.gates)
    assert place(found.gate_place(edge, numbers[gate], edge.target)) == where


def test_a_gate_that_guards_the_target_stands_at_its_guarded_by() -> None:
    found = graph(HEAD + LINKED)
    numbers = {str(component.reference): number for number, component in enumerate(found.components)}
    edge = next(edge for edge in found.edges if edge.target == numbers["action:b"] and not edge.gates)
    assert place(found.gate_place(edge, numbers["gate:h"], edge.target)) == (13, 20, 13, 21)


def test_a_link_field_holds_its_targets_in_order_and_once_each() -> None:
    found = graph(HEAD + LINKED)
    assert value(found, "agent:a", "calls") == ["action:b", "action:c"]
    assert value(found, "action:b", "guarded_by") == ["gate:g", "gate:h"]


def test_a_link_that_is_not_written_is_absent_and_a_written_empty_one_is_empty() -> None:
    found = graph(HEAD + LINKED)
    numbers = {str(component.reference): number for number, component in enumerate(found.components)}
    assert found.values[numbers["agent:d"]]["calls"] == ()
    assert "delegates_to" not in found.values[numbers["agent:d"]]


def test_a_single_link_holds_one_component() -> None:
    found = graph(HEAD + "use_cases: {u: {portfolio: p}}\nportfolios: {p: {}}\n")
    assert found.values[found.index[Reference("use_case", "default", "u")]]["portfolio"] == 0
    assert edges(found) == [("use_case:u", "portfolio", "portfolio:p", [], -1)]


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("external: false", False),
        ("external: true", None),
        ("owner: pay", None),
        ("external: true, untrusted: false", False),
        ("untrusted: true", True),
    ],
)
def test_a_default_with_a_condition_holds_only_where_the_condition_is_declared_false(fields: str, *, value: bool | None) -> None:
    found = graph(HEAD + f"teams: {{pay: {{}}}}\nsystems: {{s: {{{fields}}}}}\n")
    assert found.values[found.index[Reference("system", "default", "s")]].get("untrusted") is value


def test_defaults_of_the_vocabulary_are_values_and_unknown_fields_are_not() -> None:
    found = graph(
        HEAD + "agents: {a: {}}\nactions: {b: {}}\ngates: {c: {}}\ndatasets: {d: {}}\nteams: {e: {}}\ntool_servers: {f: {}}\n"
    )
    given = {component.reference.name: held for component, held in zip(found.components, found.values, strict=True)}
    assert given["a"] == {"entry": True, "sees": "none", "sees_personal_data": False, "insider_tainted": False}
    raised = {"sensitivity": "high", "declared": {"sensitivity": None}}
    assert given["b"] == {"state": "live", "sees": "none", "changes_memory": False, **raised}
    assert given["c"] == {"approvals": 1, "met_unattended": False, "met_by_sub_agents": False}
    assert given["d"] == {"untrusted": False}
    assert given["e"] == {"type": "staff", "active": True}
    assert given["f"] == {}


OWNED = """
defaults: {owner: pay}
agents: {a: {}, b: {owner: ops}}
gates: {g: {}}
teams: {pay: {}, ops: {}}
"""


def test_the_default_owner_holds_for_what_names_none_and_for_no_team() -> None:
    found = graph(HEAD + OWNED)
    assert value(found, "agent:a", "owner") == ["team:pay"]
    assert value(found, "agent:b", "owner") == ["team:ops"]
    assert value(found, "gate:g", "owner") == ["team:pay"]
    assert "owner" not in found.values[found.index[Reference("team", "default", "pay")]]


def test_an_inherited_owner_stands_where_the_default_is_written() -> None:
    found = graph(HEAD + OWNED)
    numbers = {str(component.reference): number for number, component in enumerate(found.components)}
    inherited = found.value_place(numbers["agent:a"], ("owner",))
    written = found.value_place(numbers["agent:b"], ("owner",))
    assert inherited is not None
    assert written is not None
    assert (place(inherited), place(written)) == ((3, 19, 3, 22), (4, 28, 4, 31))
    assert found.value_place(numbers["agent:a"], ("title",)) is None


def test_a_default_owner_holds_only_for_its_own_file() -> None:
    found = graph({
        "a.shipcheck.yaml": HEAD + "defaults: {owner: pay}\nagents: {a: {}}\n",
        "b.shipcheck.yaml": HEAD + "agents: {b: {}}\nteams: {pay: {}}\n",
    })  # fmt: skip
    assert "owner" not in found.values[found.index[Reference("agent", "default", "b")]]


def test_the_graph_does_not_depend_on_how_components_are_spread_over_files() -> None:
    parts = LINKED.strip().split("\n")
    starts = [number for number, line in enumerate(parts) if not line.startswith(" ")] + [len(parts)]
    sections = ["\n".join(parts[start:end]) + "\n" for start, end in pairwise(starts)]
    spread = {f"{number}.shipcheck.yaml": HEAD + section for number, section in enumerate(sections)}
    alone, apart = graph(HEAD + LINKED), graph(spread)
    assert edges(alone) == edges(apart)
    assert alone.values == apart.values
    assert alone.kinds == apart.kinds


MANY = MAX_PROBLEMS + 50


@pytest.mark.parametrize(
    ("files", "last"),
    [
        (
            {"shipcheck.yaml": HEAD + "agents: {a: {calls: [" + ", ".join(f"x{number}" for number in range(MANY)) + "]}}\n"},
            "more than 200 names are wrong; fix these first",
        ),
        (
            {
                f"{name}.shipcheck.yaml": HEAD + "agents: {" + ", ".join(f"x{number}: {{}}" for number in range(MANY)) + "}\n"
                for name in "ab"
            },
            "more than 200 components are declared twice; fix these first",
        ),
    ],
    ids=["dangling", "doubled"],
)
def test_too_many_complaints_are_cut_short(files: dict[str, str], last: str) -> None:
    outcome = linked(files)
    assert isinstance(outcome, tuple)
    assert len(outcome) == MAX_PROBLEMS + 1
    assert isinstance(outcome[-1], Problem)
    assert (outcome[-1].code, outcome[-1].message) == ("too-many-problems", last)


def test_two_hundred_complaints_are_all_listed() -> None:
    names = ", ".join(f"x{number}" for number in range(MAX_PROBLEMS))
    assert len(complaints(HEAD + f"agents: {{a: {{calls: [{names}]}}}}\n")) == MAX_PROBLEMS


def test_near_names_are_no_longer_looked_for_when_that_takes_too_long() -> None:
    declared = "\n".join(f"  {'b' * 50}{number}: {{}}" for number in range(3_000))
    wanted = ", ".join(f"{'b' * 49}{number}" for number in range(3))
    messages = [
        complaint.message for complaint in complaints(HEAD + f"agents: {{a: {{calls: [{wanted}]}}}}\nactions:\n{declared}\n")
    ]
    assert "did you mean" in messages[0]
    assert messages[-1].endswith("; declare it or correct the name")
