"""The wrappers for CI services: valid by the services' own schemas, run as they are written, and in order by our own audits."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.doctor.worlds import OWNERS
from tests.support.repository import Repository, create
from tests.support.running import PROGRAM, environment, write

from shipcheck import __version__
from shipcheck.app.doctor import DoctorRequest, doctor

ROOT = Path(__file__).resolve().parents[2]
CLEAN = 'shipcheck: 1\nteams:\n  platform: {contact: "#platform"}\n'
# Nothing graver than a warning.
NOTED = f"{CLEAN}models:\n  m: {{owner: platform}}\n"
FINDING = f"{CLEAN}agents:\n  helper: {{}}\n"
# Stands for the interpreter and the environment that it makes: what is installed is written down, and is the program under test.
PYTHON = """#!/bin/sh
[ "$1 $2 $3" = "-I -m venv" ] || exit 9
mkdir -p "$4/bin"
cat > "$4/bin/python" <<'END'
#!/bin/sh
case "$1 $2 $3" in
  "-I -m pip") shift 3; echo "$*" >> "{log}" ;;
  "-I -m shipcheck") shift 3; exec "{program}" "$@" ;;
  *) exit 9 ;;
esac
END
chmod +x "$4/bin/python"
"""


def validated(schema: str, path: Path, *more: str) -> None:
    command = [str(Path(sys.executable).parent / "check-jsonschema"), "--builtin-schema", schema, *more, str(path)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout


def component() -> tuple[dict[str, Any], str]:
    """The inputs of the component, and the pipeline with their defaults in place."""
    head, _, text = (ROOT / "hooks/gitlab/component.yml").read_text().partition("\n---\n")
    inputs = {name: entry["default"] for name, entry in yaml.safe_load(head)["spec"]["inputs"].items()}
    return inputs, re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: str(inputs[found[1]]), text)


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-actions", "hooks/github/action.yml"),
        ("vendor.github-workflows", ".github/workflows/check.yml"),
        ("vendor.azure-pipelines", "hooks/azure/steps.yml"),
    ],
)
def test_a_wrapper_fits_the_schema_of_its_service(schema: str, path: str) -> None:
    validated(schema, ROOT / path)


def test_the_component_fits_the_schema_of_gitlab(tmp_path: Path) -> None:
    write(tmp_path, {"pipeline.yml": component()[1]})
    validated("vendor.gitlab-ci", tmp_path / "pipeline.yml", "--data-transform", "gitlab-ci")


@pytest.mark.parametrize("path", ["hooks/github/action.yml", "hooks/gitlab/component.yml", "hooks/azure/steps.yml"])
def test_a_wrapper_installs_this_release_and_puts_nothing_into_a_script(path: str) -> None:
    text = (ROOT / path).read_text()
    assert f'default: "{__version__}"' in text
    scripts = re.findall(r"(?m:^ *(?:- )?(?:run|bash): \|\n((?: {6,}.*\n)+))", text) or [text.partition("script:")[2]]
    assert scripts
    assert [script for script in scripts if "${{" in script or "$[[" in script] == []


# ---- run as written


class Server:
    """A clone as a CI service makes it, and a program that stands for the interpreter."""

    def __init__(self, folder: Path, head: str) -> None:
        upstream = create(folder / "upstream", {"shipcheck.yaml": CLEAN})
        upstream.git("checkout", "--quiet", "-b", "topic")
        upstream.commit({"shipcheck.yaml": head})
        upstream.git("clone", "--quiet", "--branch", "topic", str(folder / "upstream"), str(folder / "clone"))
        self.clone = Repository(folder / "clone")
        self.clone.git("remote", "set-head", "origin", "main")
        self.log = folder / "installed"
        self.folder = folder
        program = folder / "bin/python3"
        write(folder, {"bin/python3": PYTHON.format(log=self.log, program=PROGRAM)})
        program.chmod(0o755)

    def run(self, script: str, *shell: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a script in the clone."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            [*shell, "-c", script],
            cwd=self.clone.top,
            env=environment(PATH=path, **variables),
            capture_output=True,
            check=False,
            text=True,
        )


BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


def github(server: Server, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Both steps of the action, in a pull request to main."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    given = {name: entry["default"] for name, entry in action["inputs"].items()} | inputs
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main", "RUNNER_TEMP": str(server.folder / "temporary")}
    install, judge = action["runs"]["steps"]
    for step in (install, judge):
        named = {name: _filled(value, given) for name, value in step["env"].items()}
        done = server.run(step["run"], *BASH, **variables, **named)
        if done.returncode:
            break
    return done


def _filled(value: str, inputs: dict[str, str]) -> str:
    found = re.fullmatch(r"\$\{\{ (?:inputs|parameters)\.([\w-]+) \}\}", value)
    return inputs[found[1]] if found else ""


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
@pytest.mark.parametrize(("head", "code"), [(CLEAN, 0), (FINDING, 1), ("shipcheck: [\n", 3)])
def test_the_action_leaves_as_the_check_does(head: str, code: int, tmp_path: Path) -> None:
    server = Server(tmp_path, head)
    done = github(server, sarif="out.sarif", args="--color never")
    assert done.returncode == code, done.stdout + done.stderr
    assert server.log.read_text() == f"install --quiet shipcheck-ai=={__version__}\n"
    assert json.loads((server.clone.top / "out.sarif").read_text())["runs"][0]["invocations"][0]["exitCode"] == code
    assert ("::error" in done.stdout) == (code != 0)
    assert ("Compared with refs/remotes/origin/main" in done.stdout) == (code != 3)


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
def test_the_action_installs_by_hash_and_judges_without_a_base_where_there_is_none(tmp_path: Path) -> None:
    server = Server(tmp_path, CLEAN)
    done = github(server, requirements="ci.txt", base="")
    assert (done.returncode, "Compared" in done.stdout) == (0, False)
    assert server.log.read_text() == "install --quiet --require-hashes --requirement ci.txt\n"


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
def test_the_arguments_of_the_action_are_words_and_no_script(tmp_path: Path) -> None:
    server = Server(tmp_path, CLEAN)
    done = github(server, args="; touch owned $(touch owned)")
    assert done.returncode == 2
    assert not (server.clone.top / "owned").exists()


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
@pytest.mark.parametrize("lines", ["--color never\n--fail-on note\n", "--color\n  never\n\n--fail-on\tnote", " --fail-on note "])
def test_every_line_of_the_arguments_counts(lines: str, tmp_path: Path) -> None:
    server = Server(tmp_path, NOTED)
    assert github(server).returncode == 0
    assert github(server, args=lines).returncode == 1


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
def test_every_line_of_the_arguments_of_the_template_and_the_component_counts(tmp_path: Path) -> None:
    server = Server(tmp_path, NOTED)
    step = yaml.safe_load((ROOT / "hooks/azure/steps.yml").read_text())["steps"][1]
    variables = dict.fromkeys(step["env"], "") | {"SHIPCHECK_ARGS": "--color never\n--fail-on note\n"}
    assert server.run(step["bash"], "bash", AGENT_TEMPDIRECTORY=str(tmp_path), **variables).returncode == 1
    job = yaml.safe_load(component()[1])["shipcheck"]
    done = server.run(script_of(job, tmp_path), "bash", **job["variables"] | variables)
    assert done.returncode == 1, done.stdout + done.stderr


def script_of(job: dict[str, Any], folder: Path) -> str:
    """The script of the component, with its environment below a folder of the test."""
    return "set -eo pipefail\n" + "\n".join(job["script"]).replace("/tmp/shipcheck", str(folder / "environment"))  # noqa: S108 - the path that the job names


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
@pytest.mark.parametrize("event", ["merge_request_event", "push"])
@pytest.mark.parametrize(("head", "code"), [(CLEAN, 0), (FINDING, 1)])
def test_the_component_leaves_as_the_check_does(event: str, head: str, code: int, tmp_path: Path) -> None:
    server = Server(tmp_path, head)
    job = yaml.safe_load(component()[1])["shipcheck"]
    target = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
    if event != "push":
        target = {"CI_MERGE_REQUEST_IID": "1", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_DEFAULT_BRANCH": "main"}
    script = script_of(job, tmp_path)
    done = server.run(script, "bash", GITLAB_CI="true", **target, **job["variables"])
    assert done.returncode == code, done.stdout + done.stderr
    assert ("Compared with" in done.stdout) == (event != "push")
    assert (server.clone.top / job["artifacts"]["reports"]["codequality"]).is_file()
    assert (server.clone.top / job["artifacts"]["reports"]["junit"]).is_file()


@pytest.mark.needs("git")
@pytest.mark.needs("bash")
@pytest.mark.parametrize(("head", "code"), [(CLEAN, 0), (FINDING, 1)])
def test_the_template_leaves_as_the_check_does(head: str, code: int, tmp_path: Path) -> None:
    server = Server(tmp_path, head)
    template = yaml.safe_load((ROOT / "hooks/azure/steps.yml").read_text())
    given = {entry["name"]: entry["default"] for entry in template["parameters"]}
    step = template["steps"][1]
    named = {name: _filled(value, given) for name, value in step["env"].items()}
    variables = {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}
    done = server.run(step["bash"], "bash", AGENT_TEMPDIRECTORY=str(tmp_path), **variables, **named)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("##vso[task.logissue type=error" in done.stdout) == (code == 1)
    assert (server.clone.top / "shipcheck.xml").is_file()


# ---- our own audits


def test_the_component_passes_our_own_audits(tmp_path: Path) -> None:
    text = component()[1].replace('"$SHIPCHECK_BASE"}', "auto").replace("${SHIPCHECK_BASE:+--base auto", "--base auto")
    write(tmp_path, {**OWNERS, ".gitlab-ci.yml": text})
    wrong = [answer for answer in doctor(DoctorRequest(tmp_path)).answers if answer.outcome == "finding"]
    assert wrong == []


def test_this_repository_runs_the_check_where_it_counts() -> None:
    answers = doctor(DoctorRequest(ROOT)).answers
    wrong = {answer.audit for answer in answers if answer.outcome in {"finding", "not_judged"}}
    assert wrong <= {"governance-owned"}
