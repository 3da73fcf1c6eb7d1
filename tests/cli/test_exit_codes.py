"""Every exit code, and above all the situations in which it must not be 0. The commands run as a user starts them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
FINDING = "shipcheck: 1\nagents:\n  helper: {}\n"
WARNING = (
    'shipcheck: 1\ndefaults: {owner: platform}\nteams:\n  platform: {contact: "#platform"}\n'
    'models:\n  large: {version: "1", pinned: false, chosen_by: code}\n'
)
DAY = ("--as-of", "2026-11-22")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "shipcheck"), *arguments]
    settings = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, check=False, text=True)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_a_clean_repository_leaves_with_0_and_says_what_it_rests_on(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    done = run(tmp_path, "check", *DAY)
    assert done.returncode == 0
    assert done.stdout.startswith("All clear.")
    assert "1 component" in done.stdout


def test_a_repository_that_says_it_has_nothing_leaves_with_0(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": "shipcheck: 1\nnothing_to_declare: {owner: me, date: 2026-01-01, reason: no model}\n"})
    done = run(tmp_path, "check")
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing to declare: no model")


def test_findings_leave_with_1_and_exit_zero_changes_only_that(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    failing = run(tmp_path, "check", "--format", "json", *DAY)
    allowed = run(tmp_path, "check", "--format", "json", "--exit-zero", *DAY)
    assert (failing.returncode, allowed.returncode) == (1, 0)
    told, zero = json.loads(failing.stdout), json.loads(allowed.stdout)
    assert (told.pop("exit"), zero.pop("exit")) == (1, 0)
    assert told == zero
    assert zero["verdict"] == "fail"


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1), ("note", 1)])
def test_fail_on_names_the_least_severity_that_fails(least: str, code: int, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": WARNING})
    assert run(tmp_path, "check", "--fail-on", least, *DAY).returncode == code


def test_fail_on_in_the_settings_counts_where_the_command_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": WARNING, ".shipcheck/settings.yaml": "shipcheck: 1\nfail_on: warning\n"})
    assert run(tmp_path, "check", *DAY).returncode == 1


WAIVER = """shipcheck: 1
waivers:
  - policy: core/owner-missing
    subject: agent:helper
    up_to: error
    reason: moving
    owner: platform
    approver: risk
    until: 2027-01-01
"""
NOT_ZERO: dict[str, tuple[dict[str, str], tuple[str, ...], int, str]] = {
    "no manifest": ({}, (), 3, "no manifest"),
    "a manifest that declares nothing": ({"shipcheck.yaml": "shipcheck: 1\n"}, (), 3, "declare no component"),
    "empty sections": ({"shipcheck.yaml": "shipcheck: 1\nagents: {}\n"}, (), 3, "declare no component"),
    "an empty manifest": ({"shipcheck.yaml": ""}, (), 3, "empty"),
    "only comments": ({"shipcheck.yaml": "# later\n"}, (), 3, "empty"),
    "a typo in the file's ending": ({"shipcheck.yaml": CLEAN, "ai.shipcheck.yml": FINDING}, (), 3, "rename it"),
    "a typo in the file's case": ({"shipcheck.yaml": CLEAN, "sub/ShipCheck.yaml": FINDING}, (), 3, "rename it"),
    "one bad file among good ones": ({"shipcheck.yaml": CLEAN, "b.shipcheck.yaml": "shipcheck: [\n"}, (), 3, "b.shipcheck.yaml"),
    "an unknown version": ({"shipcheck.yaml": "shipcheck: 2\n"}, (), 3, "version"),
    "no version": ({"shipcheck.yaml": "agents: {}\n"}, (), 3, "version is missing"),
    "an unknown section": ({"shipcheck.yaml": CLEAN + "agent: {}\n"}, (), 3, "sections are plural"),
    "an unknown field": ({"shipcheck.yaml": CLEAN + "agents:\n  a: {ownr: platform}\n"}, (), 3, "did you mean 'owner'"),
    "a dangling name": ({"shipcheck.yaml": CLEAN + "agents:\n  a: {owner: plattform}\n"}, (), 3, "did you mean 'platform'"),
    "the same component twice": ({"shipcheck.yaml": CLEAN, "b.shipcheck.yaml": CLEAN}, (), 3, "declared twice"),
    "a duplicate key": ({"shipcheck.yaml": CLEAN + "teams: {}\n"}, (), 3, "written twice"),
    "an anchor": ({"shipcheck.yaml": CLEAN + "agents: &a {}\n"}, (), 3, "anchor"),
    "nothing to declare, and something declared": (
        {
            "shipcheck.yaml": CLEAN,
            "b.shipcheck.yaml": "shipcheck: 1\nnothing_to_declare: {owner: a, date: 2026-01-01, reason: b}\n",
        },
        (),
        3,
        "delete one of them",
    ),
    "a policy that does not exist": ({"shipcheck.yaml": CLEAN}, ("--policy", "owner-mising"), 2, "did you mean 'owner-missing'"),
    "a policy with nothing to judge": ({"shipcheck.yaml": CLEAN}, ("--policy", "model-unpinned"), 3, "anything to judge"),
    "a path that does not exist": ({"shipcheck.yaml": CLEAN}, ("nowhere",), 2, "does not exist"),
    "a path that is a file": ({"shipcheck.yaml": CLEAN}, ("shipcheck.yaml",), 2, "is a file"),
    "an option that does not exist": ({"shipcheck.yaml": CLEAN}, ("--formt", "json"), 2, "--format"),
    "a day that does not exist": ({"shipcheck.yaml": CLEAN}, ("--as-of", "2026-02-30"), 2, "2026-02-30"),
    "a format that does not exist": ({"shipcheck.yaml": CLEAN}, ("--format", "xml"), 2, "xml"),
    "settings that are not YAML": ({"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "a: [\n"}, (), 2, "settings.yaml"),
    "a key in the settings that does not exist": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\nfail_onn: note\n"},
        (),
        2,
        "did you mean 'fail_on'",
    ),
    "a pack that does not exist": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [cor]\n"},
        (),
        2,
        "did you mean 'core'",
    ),
    "a parameter that does not exist": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\nparameters:\n  core: {min_scor: 7}\n"},
        (),
        2,
        "did you mean 'min_score'",
    ),
    "a parameter that is loosened": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\nparameters:\n  core: {min_score: 1}\n"},
        (),
        2,
        "only be tightened",
    ),
    "a severity that is lowered": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\nseverities:\n  core/owner-missing: note\n"},
        (),
        2,
        "only raise",
    ),
    "a pattern that matches nothing": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\nmanifests:\n  ignore: [exmples/]\n"},
        (),
        2,
        "matches no file",
    ),
    "every manifest ignored": (
        {"shipcheck.yaml": FINDING, ".shipcheck/settings.yaml": "shipcheck: 1\nmanifests:\n  ignore: [shipcheck.yaml]\n"},
        (),
        3,
        "no manifest",
    ),
    "policies in a local pack without a head": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/local/own.yaml": "policies: []\n"},
        (),
        2,
        "no pack.yaml",
    ),
    "policies where nobody reads them": (
        {
            "shipcheck.yaml": CLEAN,
            ".shipcheck/local/pack.yaml": "pack: local\nversion: 1.0.0\n",
            ".shipcheck/local/sub/own.yaml": "policies: []\n",
        },
        (),
        2,
        "read by nobody",
    ),
    "a local pack with the wrong ending": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/local/pack.yml": "pack: local\nversion: 1.0.0\n"},
        (),
        2,
        "read by nobody",
    ),
    "settings with the wrong ending": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yml": "shipcheck: 1\n"},
        (),
        2,
        "read by nobody",
    ),
    "settings in the wrong case": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/Settings.yaml": "shipcheck: 1\n"},
        (),
        2,
        "read by nobody",
    ),
    "a file where the folder belongs": ({"shipcheck.yaml": CLEAN, ".shipcheck": "packs: []\n"}, (), 2, "not a folder"),
    "waivers of another version": ({"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yaml": "shipcheck: 2\n"}, (), 3, "write 1"),
    "waivers that are empty": ({"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yaml": ""}, (), 3, "a map belongs here"),
    "a waiver that is a pattern": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yaml": WAIVER.replace("owner-missing", "*")},
        (),
        3,
        "'core/*' is no policy",
    ),
    "a waiver that nobody else approves": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yaml": WAIVER.replace("risk", "platform")},
        (),
        3,
        "cannot approve what it asks for itself",
    ),
    "a waiver by a team that is not there": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yaml": WAIVER},
        (),
        3,
        "team:risk is not declared",
    ),
    "a waiver for ever": (
        {"shipcheck.yaml": CLEAN + "  risk: {contact: x}\n", ".shipcheck/waivers.yaml": WAIVER.replace("2027", "2999")},
        (),
        3,
        "at most 365 are allowed",
    ),
    "waivers under another name": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/waivers.yml": "shipcheck: 1\n"},
        (),
        2,
        "read by nobody",
    ),
    "a local pack that is named and not there": (
        {"shipcheck.yaml": CLEAN, ".shipcheck/settings.yaml": "shipcheck: 1\npacks: [core, local]\n"},
        (),
        2,
        "is not there",
    ),
    "a local pack that does not compile": (
        {
            "shipcheck.yaml": CLEAN,
            ".shipcheck/local/pack.yaml": "pack: local\nversion: 1.0.0\npolicies:\n  - {id: x, eech: team}\n",
        },
        (),
        3,
        "did you mean 'each'",
    ),
    "a local pack without a name": ({"shipcheck.yaml": CLEAN, ".shipcheck/local/pack.yaml": "version: 1.0.0\n"}, (), 3, "pack"),
}


@pytest.mark.parametrize(("files", "arguments", "code", "words"), NOT_ZERO.values(), ids=NOT_ZERO.keys())
def test_it_must_not_be_0(files: dict[str, str], arguments: tuple[str, ...], code: int, words: str, tmp_path: Path) -> None:
    write(tmp_path, files)
    done = run(tmp_path, "check", *arguments)
    printed = done.stdout + done.stderr
    assert done.returncode == code, printed
    assert words in printed
    assert "Traceback" not in printed
    assert run(tmp_path, "check", "--exit-zero", *arguments).returncode == code


def _link(folder: Path) -> None:
    (folder / "a.shipcheck.yaml").symlink_to("shipcheck.yaml")


def _folder(folder: Path) -> None:
    (folder / "sub" / "a.shipcheck.yaml").mkdir(parents=True)
    (folder / "sub" / "a.shipcheck.yaml" / "keep").write_text("")
    (folder / "real").mkdir()
    (folder / "real" / "b.shipcheck.yaml").write_text("shipcheck: 9\n")


def _bytes(folder: Path) -> None:
    (folder / "a.shipcheck.yaml").write_bytes(b"shipcheck: 1\nagents: {a\xff: {}}\n")


def _large(folder: Path) -> None:
    (folder / "a.shipcheck.yaml").write_text("shipcheck: 1\n#" + "x" * 1024 * 1024)


def _deep(folder: Path) -> None:
    (folder / "a.shipcheck.yaml").write_text("[" * 200_000)


def _pointer(folder: Path) -> None:
    (folder / "a.shipcheck.yaml").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")


@pytest.mark.parametrize("spoil", [_link, _folder, _bytes, _large, _deep, _pointer])
def test_a_manifest_that_cannot_be_read_leaves_with_3(spoil: Callable[[Path], None], tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    spoil(tmp_path)
    done = run(tmp_path, "check")
    assert done.returncode == 3, done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.needs("git")
def test_a_repository_without_git_on_the_path_leaves_with_3(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    subprocess.run([shutil.which("git") or "git", "init", "-q"], cwd=tmp_path, check=True)
    done = run(tmp_path, "check", PATH=str(tmp_path))
    assert done.returncode == 3
    assert "install git" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_not_0(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    command = [str(Path(sys.executable).parent / "shipcheck"), "check"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 3
    assert b"cannot be written" in done.stderr


def test_a_report_that_cannot_be_written_is_not_0(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    done = run(tmp_path, "check", "--output", "nowhere/report.txt")
    assert done.returncode == 3
    assert "nowhere/report.txt" in done.stderr


def test_a_report_goes_to_the_file_whole_and_alone(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": FINDING})
    done = run(tmp_path, "check", "--format", "json", "--output", "report.json", *DAY)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "fail"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "shipcheck.yaml"]


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_is_as_asked(arguments: tuple[str, ...], environment: dict[str, str], colored: bool, tmp_path: Path) -> None:  # noqa: FBT001
    write(tmp_path, {"shipcheck.yaml": FINDING})
    plain = {"FORCE_COLOR": "", "NO_COLOR": ""}
    assert ("\x1b[" in run(tmp_path, "check", *arguments, **{**plain, **environment}).stdout) is colored


@pytest.mark.parametrize("command", ["check", "explain", "why", "graph", "completion"])
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    done = run(tmp_path, command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: shipcheck {command}")


def test_a_command_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    done = run(tmp_path, "chekc")
    assert done.returncode == 2
    assert "did you mean 'check'" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, tmp_path: Path) -> None:
    done = run(tmp_path, "completion", shell)
    assert done.returncode == 0
    assert "_SHIPCHECK_COMPLETE" in done.stdout


def test_explain_lists_and_explains(tmp_path: Path) -> None:
    listed = run(tmp_path, "explain")
    assert "core/ungated-sensitive-action" in listed.stdout
    explained = run(tmp_path, "explain", "core/ungated-sensitive-action").stdout
    assert [
        title for title in ("Why", "How it reads", "Fails", "Passes", "Fix", "Controls") if f"\n{title}\n" not in explained
    ] == []
    assert run(tmp_path, "explain", "ungated-sensitive-acton").returncode == 2


@pytest.mark.parametrize("arguments", ["--version", "check", "explain", "graph", "check --color never", "nope"])
def test_a_closed_standard_output_is_not_0_and_no_traceback(arguments: str, tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    command = f"{Path(sys.executable).parent / 'shipcheck'} {arguments} >&-"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode in {2, 3}
    assert "Traceback" not in done.stderr
    assert "own fault" not in done.stderr


def test_a_report_goes_into_a_pipe_without_replacing_it(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN})
    os.mkfifo(tmp_path / "pipe")
    command = f"{Path(sys.executable).parent / 'shipcheck'} check --output pipe & cat pipe; wait"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stdout.startswith("All clear.")
    assert (tmp_path / "pipe").is_fifo()


def test_a_report_goes_where_a_link_leads(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": CLEAN, "real.txt": "old"})
    (tmp_path / "link.txt").symlink_to("real.txt")
    run(tmp_path, "check", "--output", "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text().startswith("All clear.")


def web(owners: int, sets: int) -> str:
    """One ring of agents, each with its own owner, and actions with as many different sets of effects."""
    words = ["payments", "communication", "publication", "data_change", "deployment", "scheduling", "egress", "code_execution"]
    lines = ["shipcheck: 1", "teams:", *(f"  t{n}: {{contact: x}}" for n in range(owners)), "agents:"]
    lines += [f"  a{n}: {{owner: t{n}, delegates_to: [a{(n + 1) % owners}], calls: [s{n % sets}]}}" for n in range(owners)]
    lines.append("actions:")
    for n in range(sets):
        effects = ", ".join(word for bit, word in enumerate(words) if n + 1 & 1 << bit)
        lines.append(f"  s{n}: {{owner: t0, sensitivity: high, effects: [{effects}], reversible: false}}")
    return "\n".join(lines) + "\n"


def test_a_web_that_asks_for_too_many_passes_leaves_with_3_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"shipcheck.yaml": web(900, 900)})
    done = run(tmp_path, "check")
    assert done.returncode == 3
    assert "too many to judge" in done.stderr


def test_findings_too_many_to_list_are_counted_and_fail(tmp_path: Path) -> None:
    agents = "".join(f"  a{n}: {{}}\n" for n in range(2500))
    write(tmp_path, {"shipcheck.yaml": f"shipcheck: 1\nagents:\n{agents}"})
    done = run(tmp_path, "check", "--policy", "owner-missing", "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["verdict"], report["counts"]["unlisted"], len(report["findings"])) == (1, "fail", 500, 2000)
    assert report["policies"] == [
        {"policy": "core/owner-missing", "result": "fail", "subjects": 2500, "failed": 2500, "waived": 0}
    ]
