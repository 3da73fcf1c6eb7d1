"""Detectors of a repository and of packs: what they find, why they are refused, and what they cannot change."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.packed import FILES as PACK
from tests.support.packed import MANIFEST, NAME, SETTINGS, commit_pack
from tests.support.repository import Repository, create
from tests.support.running import run

from shipcheck.app.discover import Discovered, DiscoverRequest, discover

pytestmark = pytest.mark.needs("git")

PLACE = ".shipcheck/detectors/desk.yaml"
DETECTOR = """\
detector: desk
version: 1
title: Desk tools
modules: [desk]
find:
  - kind: action
    decorator: [desk.registry.tool]
    gate: {at: requires_approval, class: human}
    positive: [{py: "from desk import registry\\n@registry.tool\\ndef pay(): ...", found: [action:pay]}]
    decoy: [{py: "from desk import menu\\n@menu.tool\\ndef pay(): ..."}]
  - kind: gate
    class: human
    call: [desk.Approvals.ask]
    positive: [{py: "import desk\\ndef pay():\\n    desk.Approvals().ask()", found: [gate:pay]}]
    decoy: [{py: "import desk\\ndef pay():\\n    desk.Surveys().ask()"}]
"""
CODE = """\
from desk import Approvals, registry

approvals = Approvals("payments")


@registry.tool(requires_approval=True)
def refund(order, amount):
    return amount


@registry.tool
def cancel(order):
    if approvals.ask(order):
        return order
"""
AGENTS = """\
from agents import Agent, function_tool
from desk import mark


@mark
@function_tool(needs_approval=True)
def pay(amount: int) -> str:
    return str(amount)


desk = Agent(name="Desk", tools=[pay])
"""


def answer(repository: Repository, path: str = "") -> Discovered:
    """What discovery answers."""
    return discover(DiscoverRequest(repository.top / path))


def found(outcome: Discovered) -> list[tuple[str, str, str]]:
    """Kind, name and detector of each component."""
    assert outcome.report is not None, outcome.problems
    return sorted((each.kind, each.name, each.detector) for each in outcome.report.discovery.components)


def problems(outcome: Discovered) -> list[tuple[str, int, str]]:
    """File, line and message of each problem."""
    some = outcome.problems if outcome.report is None else outcome.report.problems
    return [(each.location.path, each.location.line, each.message) for each in some]


OWN = [("action", "cancel", "desk@1"), ("action", "refund", "desk@1"), ("gate", "cancel", "desk@1")]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository that uses a home-made registry of tools."""
    return create(tmp_path / "shop", {"src/tools.py": CODE})


# ---- what they find


def test_a_home_made_detector_finds_its_tools(repository: Repository) -> None:
    assert found(answer(repository)) == []
    repository.write({PLACE: DETECTOR})
    outcome = answer(repository)
    assert (found(outcome), problems(outcome)) == (OWN, [])
    assert outcome.report is not None
    refund = next(each for each in outcome.report.shown if each.name == "refund")
    assert [(gate.kind_of, gate.value.value) for gate in refund.gates] == [("human", "true")]
    assert len(DETECTOR.splitlines()) == 15


def test_it_is_named_in_every_answer(repository: Repository) -> None:
    repository.write({PLACE: DETECTOR})
    done = run(repository.top, "discover", "--format", "json")
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["detectors"][-1] == "desk@1"
    assert {each["detector"] for each in report["components"]} == {"desk@1"}
    done = run(repository.top, "discover", "--explain", "src/tools.py:7")
    assert "action refund: found by desk@1, certain" in done.stdout


@pytest.mark.parametrize("state", ["index", "HEAD"])
def test_a_state_of_git_has_its_own_detectors(state: str, repository: Repository) -> None:
    repository.write({PLACE: DETECTOR})
    arguments = ("discover", "--from", state, "--format", "json")
    assert json.loads(run(repository.top, *arguments).stdout)["components"] == []
    repository.commit()
    repository.write({PLACE: DETECTOR.replace("desk.registry", "desk.other")})
    assert len(json.loads(run(repository.top, *arguments).stdout)["components"]) == len(OWN)


def test_a_detector_of_the_local_pack_works(repository: Repository) -> None:
    head = "pack: local\nversion: 1.0.0\npolicies: []\n"
    repository.write({".shipcheck/local/pack.yaml": head, ".shipcheck/local/detectors/desk.yaml": DETECTOR})
    outcome = answer(repository)
    assert (found(outcome), problems(outcome)) == (OWN, [])


def test_a_detector_of_a_pack_works_once_the_pack_is_in_use(repository: Repository) -> None:
    repository.write({".shipcheck/settings.yaml": SETTINGS, "shipcheck.yaml": MANIFEST, "packs/detectors/desk.yaml": DETECTOR})
    commit_pack(repository.top, {**PACK, "detectors/desk.yaml": DETECTOR.encode()})
    outcome = answer(repository)
    assert (found(outcome), problems(outcome)) == (OWN, [])
    place = repository.top / f".shipcheck/packs/{NAME}@1.2.0/detectors/desk.yaml"
    place.write_text(DETECTOR.replace("requires_approval", "approval"), "utf-8")
    assert [message for _, _, message in problems(answer(repository))] != []
    assert run(repository.top, "discover").returncode == 3


def test_a_root_has_the_detectors_of_the_top_and_its_own(tmp_path: Path) -> None:
    settings = {".shipcheck/settings.yaml": "shipcheck: 1\nroots: [shop]\n", "shop/src/tools.py": CODE}
    repository = create(tmp_path / "top", {**settings, PLACE: DETECTOR})
    assert found(answer(repository, "shop")) == OWN
    own = {f"shop/{PLACE}": DETECTOR, "shop/.shipcheck/settings.yaml": "shipcheck: 1\n"}
    repository = create(tmp_path / "below", {**settings, **own})
    assert found(answer(repository, "shop")) == OWN


# ---- why they are refused

REFUSED = {
    "an unknown key": ("decorator:", "decorater:", 7, "unknown key 'decorater' in rule 1; did you mean 'decorator'?"),
    "an unknown kind": ("kind: action", "kind: acton", 6, "unknown kind 'acton'; did you mean 'action'?"),
    "an unknown class": ("class: human}", "class: humen}", 8, "unknown class 'humen'; did you mean 'human'?"),
    "no decoy": (
        '    decoy: [{py: "from desk import menu\\n@menu.tool\\ndef pay(): ..."}]\n',
        "",
        6,
        "rule 1 has no decoy; add an example that looks alike",
    ),
    "a positive in which nothing is found": (
        "from desk import registry\\n",
        "from desk import menu as registry\\n",
        9,
        "the example has no component action:pay",
    ),
    "a decoy that is hit": (
        "from desk import menu\\n@menu",
        "import desk\\n@desk.registry",
        10,
        "the rule finds action:pay in a decoy",
    ),
    "the name of a built-in": ("detector: desk", "detector: langgraph", 1, "detector langgraph is in desk.yaml"),
}


@pytest.mark.parametrize(("old", "new", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_detector_is_refused_with_its_place(old: str, new: str, line: int, message: str, repository: Repository) -> None:
    assert old in DETECTOR
    repository.write({PLACE: DETECTOR.replace(old, new, 1)})
    outcome = answer(repository)
    path, place, said = problems(outcome)[0]
    assert (path, place) == (PLACE, line)
    assert said.startswith(message)
    assert found(outcome) == []


def test_a_wrong_detector_makes_the_answer_incomplete(repository: Repository) -> None:
    repository.write({PLACE: DETECTOR.replace("decorator:", "decorater:")})
    done = run(repository.top, "discover")
    assert (done.returncode, done.stderr) == (3, "")
    assert f"{PLACE}:7:5: problem detector-shape: unknown key 'decorater' in rule 1; did you mean 'decorator'?" in done.stdout


def test_one_wrong_detector_takes_no_other_away(repository: Repository) -> None:
    repository.write({PLACE: DETECTOR, ".shipcheck/detectors/other.yaml": "detector: other\n", "src/desk.py": AGENTS})
    outcome = answer(repository)
    assert {*OWN, ("agent", "Desk", "openai-agents@1")} <= set(found(outcome))
    assert {path for path, _, _ in problems(outcome)} == {".shipcheck/detectors/other.yaml"}


def test_the_name_of_a_built_in_is_refused(repository: Repository) -> None:
    text = DETECTOR.replace("detector: desk", "detector: langgraph")
    repository.write({".shipcheck/detectors/langgraph.yaml": text})
    outcome = answer(repository)
    message = "a detector 'langgraph' is already in use; give this one another name"
    assert problems(outcome) == [(".shipcheck/detectors/langgraph.yaml", 0, message)]
    assert found(outcome) == []


def test_two_of_one_name_are_refused(repository: Repository) -> None:
    head = "pack: local\nversion: 1.0.0\npolicies: []\n"
    repository.write({PLACE: DETECTOR, ".shipcheck/local/pack.yaml": head, ".shipcheck/local/detectors/desk.yaml": DETECTOR})
    outcome = answer(repository)
    assert [path for path, _, _ in problems(outcome)] == [".shipcheck/local/detectors/desk.yaml"]
    assert found(outcome) == OWN


@pytest.mark.parametrize("name", ["desk.yml", "desk.json", "more/desk.yaml", "tables.csv"])
def test_a_stray_file_is_a_problem(name: str, repository: Repository) -> None:
    repository.write({f".shipcheck/detectors/{name}": DETECTOR})
    outcome = answer(repository)
    assert outcome.report is None
    ((path, _, message),) = problems(outcome)
    assert path == f".shipcheck/detectors/{name}"
    assert message.startswith(f"{path} is not read: ")
    assert message.endswith("detectors in detectors/*.yaml")


def test_a_detector_that_git_ignores_is_a_problem(repository: Repository) -> None:
    repository.write({".gitignore": ".shipcheck/\n", PLACE: DETECTOR})
    ((path, _, message),) = problems(answer(repository))
    assert (path, "ignored by git" in message) == (PLACE, True)


# ---- what they cannot change


def rival(rule: str, positive: str, decoy: str) -> str:
    """A detector with one rule about the same things as a built-in one."""
    return (
        f"detector: rival\nversion: 9\ntitle: Rival\nmodules: [agents, desk]\nfind:\n{rule}"
        f"    positive: [{{{positive}}}]\n    decoy: [{{{decoy}}}]\n"
    )


TOOL = 'py: "from agents import function_tool\\n@function_tool\\ndef pay(): ..."'
NO_TOOL = TOOL.replace("from agents", "from agency")
MARK = 'py: "from desk import mark\\n@mark\\ndef pay(): ..."'
NO_MARK = MARK.replace("from desk", "from shop")
SAME = "    decorator: [agents.function_tool]\n"
RIVALS = {
    "another kind": rival(f"  - kind: gate\n    class: human\n{SAME}", f"{TOOL}, found: [gate:pay]", NO_TOOL),
    "another name": rival(f"  - kind: action\n{SAME}    name: needs_approval\n", f"{TOOL}, found: [action:pay]", NO_TOOL),
    "no gate": rival(
        f"  - kind: action\n{SAME}    gate: {{at: needs_approval, class: human, not: true}}\n",
        f"{TOOL}, found: [action:pay]",
        NO_TOOL,
    ),
    "another decorator": rival(
        "  - kind: gate\n    class: human\n    decorator: [desk.mark]\n", f"{MARK}, found: [gate:pay]", NO_MARK
    ),
    "the name of a file": rival(
        "  - file: [names.json]\n    shape: {names: map}\n    take: [{kind: agent, each: names, name: key, code: value}]\n",
        """files: {names.json: '{"names": {"Nice": "src/desk.py:desk"}}'}, found: [agent:Nice]""",
        "files: {names.json: '{}'}",
    ),
    "a class of its own": rival(
        "  - kind: dataset\n    call: [agents.Agent]\n    name: name\n",
        "py: \"from agents import Agent\\na = Agent(name='pay')\", found: [dataset:pay]",
        "py: \"from agency import Agent\\na = Agent(name='pay')\"",
    ),
}


@pytest.mark.parametrize("rule", [*RIVALS], ids=RIVALS)
def test_what_another_found_is_neither_renamed_nor_taken_back(rule: str, tmp_path: Path) -> None:
    names = '{"names": {"Nice": "src/desk.py:desk"}}'
    repository = create(tmp_path / "shop", {"src/desk.py": AGENTS, "names.json": names})
    before = answer(repository)
    assert before.report is not None
    assert ("agent", "Desk", "openai-agents@1") in found(before)
    repository.write({".shipcheck/detectors/rival.yaml": RIVALS[rule]})
    after = answer(repository)
    assert after.report is not None
    assert problems(after) == []
    assert set(found(before)) <= set(found(after))
    kept = {each.key: each for each in after.report.discovery.components}
    for each in before.report.discovery.components:
        now = kept[each.key]
        assert (now.name, now.kind, now.detector) == (each.name, each.kind, each.detector)
        assert set(each.links) <= set(now.links)
        assert set(each.gates) <= set(now.gates)
        assert set(each.effects or ()) <= set(now.effects or ())
        assert set(each.unknown_effects) <= set(now.unknown_effects)


BOOKS = """\
from agents import Agent, function_tool
import books


@function_tool
def pay(amount: int) -> str:
    return books.post(amount)


desk = Agent(name="Desk", tools=[pay, books.lookup])
"""


def table(effect: str) -> str:
    """A table of effects with one call."""
    tool = "import books\\ndef tool():\\n    books.post(1)"
    return (
        f"detector: books\nversion: 1\ntitle: Books\nmodules: [books]\nfind:\n  - effect: {effect}\n    call: [books.post]\n"
        f'    positive: [{{py: "{tool}", found: [{effect}]}}]\n'
        f'    decoy: [{{py: "{tool.replace("import books", "import book as books")}"}}]\n'
    )


@pytest.mark.parametrize(("effect", "effects", "doubts"), [("payments", ["payments"], 0), ("none", [], 1)])
def test_a_table_of_a_repository_adds_effects_and_calls_nothing_harmless(
    effect: str, effects: list[str], doubts: int, tmp_path: Path
) -> None:
    repository = create(tmp_path / "shop", {"src/desk.py": BOOKS})
    before = answer(repository)
    repository.write({".shipcheck/detectors/books.yaml": table(effect)})
    after = answer(repository)
    assert problems(after) == []
    for outcome, wanted, left in ((before, [], 1), (after, effects, doubts)):
        assert outcome.report is not None
        pay = next(each for each in outcome.report.discovery.components if each.name == "pay")
        assert [each.effect for each in pay.effects or ()] == wanted
        assert len(pay.unknown_effects) == left


def test_what_was_not_known_may_become_known(tmp_path: Path) -> None:
    code = 'from agents import Agent\nimport books\n\ndesk = Agent(name="Desk", tools=[books.Lookup(title="find")])\n'
    repository = create(tmp_path / "shop", {"src/desk.py": code})
    assert links(answer(repository)) == [("calls", "", "unknown")]
    repository.write(
        {
            ".shipcheck/detectors/books.yaml": "detector: books\nversion: 1\ntitle: Books\nmodules: [books]\nfind:\n"
            "  - kind: action\n    call: [books.Lookup]\n    name: title\n"
            "    positive: [{py: \"import books\\nx = books.Lookup(title='y')\", found: [action:y]}]\n"
            "    decoy: [{py: \"import cooks\\nx = cooks.Lookup(title='y')\"}]\n"
        }
    )
    after = answer(repository)
    assert links(after) == [("calls", "find", "code")]
    assert ("action", "find", "books@1") in found(after)


def links(outcome: Discovered) -> list[tuple[str, str, str]]:
    """The links of the only agent: what each is, to what, and how it is known."""
    assert outcome.report is not None
    (agent,) = (each for each in outcome.report.discovery.components if each.kind == "agent")
    return [(link.link, link.known.value, link.known.how) for link in agent.links]
