"""What each command prints, where to, and how it ends when the world around it does not play along."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.running import PROGRAM, environment, run, write

from shipcheck import __version__

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "email-assistant"
CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
HOSTILE = r"""
shipcheck: 1
namespace: bank
agents:
  a:
    title: "\"]; x -> y [label=\"z\" <b>&amp; \\n ``` --> | {} é 日本 \U0001F600 \u200b"
    description: "%%{init: {}}%%"
    labels: {"a.b/c": "\"\\\""}
    calls: [{to: pay, through: [g, h]}, pay, pay]
    delegates_to: [a]
actions:
  pay: {title: "\\", writes_to: [other]}
gates: {g: {condition: "\"; }"}, h: {}}
systems: {other: {}}
teams: {lonely: {}}
"""


def refused(done: subprocess.CompletedProcess[str], code: int, words: str) -> None:
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# ---- the program


@pytest.mark.parametrize("arguments", [("--version",), ("--help", "--version"), ("--version", "check")])
def test_the_version_is_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 0
    assert done.stdout == f"shipcheck {__version__}\n" or arguments[0] == "--help"


def test_the_module_is_the_program(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    command = [sys.executable, "-m", "shipcheck", "check", "--as-of", "2026-11-22"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (0, run(tmp_path, "check", "--as-of", "2026-11-22").stdout)


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_names_every_command(option: str, tmp_path: Path) -> None:
    done = run(tmp_path, option)
    assert done.returncode == 0
    assert [
        command
        for command in ("check", "explain", "why", "graph", "policy", "doctor", "completion")
        if f"  {command} " not in done.stdout
    ] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Usage: shipcheck"),
        (("--nope",), "--nope"),
        (("chek",), "did you mean 'check'?"),
        (
            ("xyzzy",),
            (
                "the commands are check, discover, explain, why, waive, waivers, baseline, graph, settings, schema, new, policy, "
                "doctor, pack, completion"
            ),
        ),
        (("",), "unknown command ''"),
        (("check", "--nope"), "--nope"),
        (("check", "a", "b"), "unexpected extra argument"),
        (("check", "--policy"), "--policy"),
        (("check", "--policy", ""), "unknown policy ''"),
        (("check", "--policy", "change-decision"), "'change-decision' is judged only against a base"),
        (("explain", "change-descision"), "unknown policy 'change-descision'; did you mean 'change-decision'?"),
        (
            ("baseline", "extend", "--until", "2027-01-31", "--reason", "x", "--owner", "a", "--approver", "b"),
            "missing option '--base'",
        ),
        (
            ("baseline", "create", "--until", "2027-01-31", "--reason", "x", "--approver", "b"),
            "missing option '--owner'",
        ),
        (("check", "--policy", "owner-missin"), "did you mean 'owner-missing'?"),
        (("check", "--policy", "core/owner-missin"), "did you mean 'core/owner-missing'?"),
        (("check", "--policy", "zzz"), "list them with 'shipcheck explain'"),
        (("check", "--policy", "owner-missing", "--policy", "zzz"), "zzz"),
        (("check", "--as-of", "tomorrow"), "tomorrow"),
        (("check", "--as-of", "2026-02-30"), "2026-02-30"),
        (("check", "--as-of", "22.11.2026"), "22.11.2026"),
        (("check", "--as-of", ""), "--as-of"),
        (("check", "--fail-on", "never"), "never"),
        (("check", "--color", "sometimes"), "sometimes"),
        (("check", "--format", "xml"), "xml"),
        (("check", "--output", "."), "'.'"),
        (("check", "--exit-zero=1"), "--exit-zero"),
        (("check", "nowhere"), "nowhere does not exist"),
        (("check", "shipcheck.yaml"), "shipcheck.yaml is a file"),
        (("graph", "--root", "nowhere"), "nowhere does not exist"),
        (("graph", "--format", "svg"), "svg"),
        (("explain", "owner-missin"), "did you mean 'owner-missing'?"),
        (("explain", "zzz"), "list them with 'shipcheck explain'"),
        (("explain", "a", "b"), "unexpected extra argument"),
        (("explain", "--root", "nowhere"), "nowhere does not exist"),
        (("policy",), "Usage: shipcheck policy"),
        (("policy", "chek"), "did you mean 'check'?"),
        (("policy", "check", "cor"), "did you mean 'core'?"),
        (("policy", "check", "."), ". has no pack.yaml; give the folder of a pack"),
        (("policy", "check", "a", "b"), "unexpected extra argument"),
        (("policy", "check", "--format", "xml"), "xml"),
        (("settings", "--match", "zzz"), "no setting has 'zzz' in its name"),
        (("settings", "--as-of", "soon"), "write it as YYYY-MM-DD"),
        (("pack", "diff", "a", "b", "--as-of", "soon"), "write it as YYYY-MM-DD"),
        (("pack", "lint", "core", "--as-of", "soon"), "write it as YYYY-MM-DD"),
        (("new", "use-case", "a", "--pack", "b", "--as-of", "soon"), "write it as YYYY-MM-DD"),
        (("completion",), "bash"),
        (("completion", "tcsh"), "tcsh"),
    ],
)
def test_a_command_that_cannot_be_meant_leaves_with_2(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    refused(run(tmp_path, *arguments), 2, words)


# ---- where the output goes


@pytest.mark.parametrize("command", [("check",), ("explain",), ("graph",), ("check", "--format", "json")])
def test_a_reader_that_has_gone_is_not_0(command: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run([PROGRAM, *command], cwd=tmp_path, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("command", [("explain",), ("explain", "owner-missing"), ("graph",), ("completion", "bash"), ("--help",)])
def test_a_full_disk_is_not_0(command: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, *command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_an_interrupt_leaves_with_130(tmp_path: Path) -> None:
    """The report is larger than a pipe holds, so the run waits for its reader, and is interrupted there."""
    many = "".join(f"  agent-number-{number}: {{}}\n" for number in range(3000))
    write(tmp_path, {"shipcheck.yaml": f"shipcheck: 1\nagents:\n{many}"})
    command = [PROGRAM, "check", "--format", "concise"]
    # A suite that runs in the background of a shell has interrupts ignored, and so would what it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        signal.signal(signal.SIGINT, before)
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.read(1)
        started.send_signal(signal.SIGINT)
        started.stdout.read()
        said = started.stderr.read()
    assert started.returncode == 130
    assert said.strip() == b"shipcheck: interrupted"


def test_a_file_that_cannot_be_replaced_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN, "taken/inside.txt": "mine"})
    refused(run(tmp_path, "check", "--output", "taken"), 2, "taken")
    refused(run(tmp_path, "check", "--output", "shipcheck.yaml/report.txt"), 3, "shipcheck.yaml/report.txt")
    refused(run(tmp_path, "graph", "--output", "nowhere/graph.dot"), 3, "nowhere/graph.dot")
    assert (tmp_path / "taken/inside.txt").read_text() == "mine"
    assert (tmp_path / "shipcheck.yaml").read_text() == CLEAN


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_report_goes_into_a_pipe_and_leaves_it_there(tmp_path: Path) -> None:
    write(tmp_path, {"sub/shipcheck.yaml": CLEAN})
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        done = run(tmp_path / "sub", "check", "--output", str(tmp_path / "pipe"))
        assert (done.returncode, done.stdout) == (0, "")
        assert os.read(reading, 65536).startswith(b"All clear.")
    finally:
        os.close(reading)
    assert (tmp_path / "pipe").is_fifo()


def test_a_report_replaces_what_a_link_leads_to_and_keeps_its_mode(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN, "real.txt": "old"})
    (tmp_path / "real.txt").chmod(0o640)
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert run(tmp_path, "check", "--output", "link.txt").returncode == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text().startswith("All clear.")
    assert (tmp_path / "real.txt").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "real.txt", "shipcheck.yaml"]


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_a_file_holds_what_standard_output_would(form: str, tmp_path: Path) -> None:
    write(tmp_path, {"repo/shipcheck.yaml": "shipcheck: 1\nagents: {a: {title: Größe 日本}}\n"})
    arguments = ("check", "repo", "--format", form, "--as-of", "2026-11-22")
    printed = run(tmp_path, *arguments)
    written = run(tmp_path, *arguments, "--output", "report")
    assert (printed.returncode, written.returncode, written.stdout, written.stderr) == (1, 1, "", "")
    assert (tmp_path / "report").read_text("utf-8") == printed.stdout


def test_the_same_bytes_come_out_under_every_hash_seed_and_locale() -> None:
    seen = {
        run(
            ROOT, "check", "--root", str(EXAMPLE), "--format", form, "--as-of", "2026-11-22", PYTHONHASHSEED=seed, LC_ALL=locale
        ).stdout
        for form in ("json", "text")
        for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("77", "POSIX"))
    }
    assert len(seen) == 2


# ---- graph


def names(folder: Path) -> set[str]:
    """Every component of a repository, as its JSON graph names them."""
    graph = json.loads(run(folder, "graph", "--root", ".", "--format", "json").stdout)
    return {component["component"] for component in graph["components"]}


def test_the_graph_as_json_holds_every_component_and_link() -> None:
    graph = json.loads(run(EXAMPLE, "graph", "--root", ".", "--format", "json").stdout)
    judged = json.loads(run(EXAMPLE, "check", "--root", ".", "--format", "json").stdout)["counts"]
    assert (len(graph["components"]), len(graph["links"])) == (judged["components"], judged["links"])
    declared = {component["component"] for component in graph["components"]}
    ends = {end for link in graph["links"] for end in (link["from"], link["to"], *link["through"])}
    assert ends <= declared
    assert all((EXAMPLE / place["path"]).is_file() for place in (link["location"] for link in graph["links"]))


@pytest.mark.parametrize("form", ["dot", "mermaid"])
def test_a_drawing_holds_every_component_but_teams_that_no_link_touches(form: str) -> None:
    drawing = run(EXAMPLE, "graph", "--root", ".", "--format", form).stdout
    shown = {component.partition(":")[2] for component in names(EXAMPLE) if not component.startswith("team:")}
    assert [name for name in sorted(shown) if f'"{name}\\n' not in drawing and f'"{name}<br/>' not in drawing] == []


DOT_LINE = re.compile(
    r'digraph shipcheck \{|\}|  rankdir=LR;|  (node|edge) \[[^\]"]*"[^"]*"[^\]"]*\];'
    r'|  n[0-9]+( -> n[0-9]+)? \[([a-z]+=([a-z0-9]+|"([^"\\]|\\.)*")(, )?)+\];'
)
MERMAID_LINE = re.compile(
    r'flowchart LR|  n[0-9]+[\[({>/]+"[^"]*"[\])}/]+|  n[0-9]+ -->\|"[^"|]*"\| n[0-9]+'
    r"|  (classDef|class|style) [A-Za-z0-9 #:,._-]+"
)


@pytest.mark.parametrize(("form", "line"), [("dot", DOT_LINE), ("mermaid", MERMAID_LINE)])
def test_hostile_texts_cannot_break_out_of_a_drawing(form: str, line: re.Pattern[str], tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": HOSTILE})
    done = run(tmp_path, "graph", "--format", form)
    assert done.returncode == 0
    assert [text for text in done.stdout.splitlines() if not line.fullmatch(text)] == []
    assert done.stdout.isascii()


def test_hostile_texts_come_through_json_unharmed(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": HOSTILE})
    printed = run(tmp_path, "graph", "--format", "json").stdout
    assert printed.isascii()
    graph = json.loads(printed)
    agent = next(component for component in graph["components"] if component["component"] == "agent:bank/a")
    assert agent["fields"]["title"] == '"]; x -> y [label="z" <b>&amp; \\n ``` --> | {} é 日本 \U0001f600 \u200b'
    assert [link["through"] for link in graph["links"] if link["link"] == "calls"].count(["gate:bank/g", "gate:bank/h"]) == 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"shipcheck.yaml": "shipcheck: 1\nagents: {a: {owner: nobody}}\n"}, 3),
        ({"shipcheck.yaml": "shipcheck: [\n"}, 3),
        ({}, 3),
        ({"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\nzzz: 1\n"}, 2),
    ],
)
def test_a_graph_of_something_malformed_is_not_drawn(files: dict[str, str], code: int, tmp_path: Path) -> None:
    write(tmp_path, files)
    for form in ("dot", "mermaid", "json"):
        done = run(tmp_path, "graph", "--format", form, "--output", "graph.out")
        assert (done.returncode, done.stdout) == (code, "")
        assert done.stderr.startswith("problem: ")
        assert not (tmp_path / "graph.out").exists()


@pytest.mark.parametrize(
    "command", [("settings",), ("pack", "list"), ("pack", "show", "local"), ("policy", "explain"), ("waivers", "list")]
)
def test_json_of_something_malformed_is_nothing_and_the_problems_are_errors(command: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": "shipcheck: [\n", ".shipcheck/settings.yaml": "shipcheck: 1\nzzz: 1\n"})
    done = run(tmp_path, *command, "--format", "json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("problem: ")
    assert run(tmp_path, *command).stdout.startswith("problem: ")


# ---- explain


def test_explain_lists_every_policy_that_a_check_judges() -> None:
    listed = run(ROOT / "policies", "explain", "--root", str(EXAMPLE)).stdout
    judged = json.loads(run(EXAMPLE, "check", "--root", ".", "--format", "json").stdout)["policies"]
    found = {line.partition(" ")[0] for line in listed.splitlines() if "/" in line.partition(" ")[0]}
    assert found == {policy["policy"] for policy in judged}


LOCAL = """\
pack: local
version: 1.0.0
params: {least: {type: number, default: 1, may: increase, description: How many gates there are.}}
policies:
  - id: owner-missing
    title: Every gate has someone who approves
    why: A gate without an approver never opens.
    each: gate
    must: count(approvers) >= $least
    message: "{subject} has {count(approvers)} approvers"
"""


def test_a_name_that_two_packs_have_must_be_written_in_full(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN + "gates: {g: {owner: platform}}\n", ".shipcheck/local/pack.yaml": LOCAL})
    both = "'owner-missing' is ambiguous: core/owner-missing or local/owner-missing; use the full name"
    refused(run(tmp_path, "explain", "owner-missing"), 2, both)
    refused(run(tmp_path, "check", "--policy", "owner-missing"), 2, both)
    assert run(tmp_path, "check", "--policy", "core/owner-missing").returncode == 0
    assert run(tmp_path, "check", "--policy", "local/owner-missing").returncode == 1


def test_a_policy_of_the_local_pack_is_explained_with_its_parameters(tmp_path: Path) -> None:
    settings = "shipcheck: 1\nparameters: {local: {least: 2}}\n"
    write(tmp_path, {"shipcheck.yaml": CLEAN, ".shipcheck/local/pack.yaml": LOCAL, ".shipcheck/settings.yaml": settings})
    explained = run(tmp_path, "explain", "local/owner-missing")
    assert explained.returncode == 0
    assert "A gate without an approver never opens." in explained.stdout
    assert "local.least = 2 (settings can raise it)" in explained.stdout
    assert "\nFails\n" not in explained.stdout


def test_explain_says_what_is_wrong_with_a_pack(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN, ".shipcheck/local/pack.yaml": LOCAL.replace("count(approvers) >=", "approvers >=")})
    refused(run(tmp_path, "explain"), 3, "a list cannot be compared with one value; use some, every or no")


def test_explain_needs_no_manifest(tmp_path: Path) -> None:
    done = run(tmp_path, "explain", "core/ungated-sensitive-action")
    assert done.returncode == 0
    assert done.stdout.startswith("core/ungated-sensitive-action\n")


def test_only_the_policies_asked_for_are_judged_and_the_report_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": "shipcheck: 1\nagents: {a: {}}\n"})
    one = run(tmp_path, "check", "--policy", "owner-missing", "--policy", "core/owner-missing", "--format", "json")
    assert [policy["policy"] for policy in json.loads(one.stdout)["policies"]] == ["core/owner-missing"]
    assert "selected policies only" in run(tmp_path, "check", "--policy", "owner-missing").stdout


def test_settings_change_what_a_check_finds_only_towards_more(tmp_path: Path) -> None:
    manifest = CLEAN + "models: {m: {owner: platform, version: '1', pinned: false}}\n"
    write(tmp_path, {"shipcheck.yaml": manifest})
    assert run(tmp_path, "check").returncode == 0
    write(tmp_path, {".shipcheck/settings.yaml": "shipcheck: 1\nseverities: {core/model-unpinned: error}\n"})
    raised = run(tmp_path, "check")
    assert raised.returncode == 1
    assert "error because settings or packs raise it" in raised.stdout
