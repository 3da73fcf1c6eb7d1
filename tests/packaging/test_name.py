"""The package index has another tool called shipcheck, so nothing here may tell anyone to install that name."""

import re
import tomllib
from pathlib import Path

import pytest
from tests.support.repository import Repository

ROOT = Path(__file__).resolve().parents[2]
# They are about the other tool.
EXEMPT = {"tests/packaging/test_name.py", "tests/doctor/test_pins.py"}
# The bare name as a requirement: not shipcheck-ai, shipcheck.yaml or shipcheck/x, and not what uv or pipx is to run.
OTHER = r"(?<![\w./@-])shipcheck(?![\w/-]|\.\w)"
INSTALL = r"\b(?:pip3?|pipx|uv|uv pip|uv tool|poetry|pdm)[\"']?\s+(?:install|add|download|inject|upgrade)\b[^`;&|\n]*?"
RUN = r"\b(?:uvx|pipx run|uv tool run)\s+(?:-(?!-from|-spec)\S+\s+)*[\"']?"
NAMED = r"--(?:from|spec|with)[ =][\"']?"
DEPENDENCY = r"additional_dependencies:\s*(?:\[[^\]]*?|(?:-\s*\S+\s+)*?-\s*)[\"']?"
ADVICE = re.compile(
    rf"(?:{INSTALL}|{RUN}|{NAMED}|{DEPENDENCY}){OTHER}"
    # With an extra or a version, it is a requirement wherever it is written.
    rf"|{OTHER}\[(?:oci|sign)|{OTHER}(?:\[[\w,-]*\])?[=~<>!]=[\"']?[\d$X]"
)


@pytest.mark.needs("git")
def test_nothing_tells_anyone_to_install_the_other_tool() -> None:
    names = Repository(ROOT).git("ls-files", "-z").rstrip("\0").split("\0")
    texts = {name: (ROOT / name).read_bytes().decode("utf-8", "replace") for name in names if (ROOT / name).is_file()}
    assert len(texts) > 500
    assert {name: found[0] for name, text in texts.items() if name not in EXEMPT and (found := ADVICE.search(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "pip install shipcheck",
        "`pip install 'shipcheck[oci]'`",
        '"$RUNNER_TEMP/shipcheck/bin/pip" install --quiet "shipcheck==$SHIPCHECK_VERSION"',
        "pip3 install --upgrade pip shipcheck",
        "pipx install shipcheck",
        "uv tool install shipcheck",
        "uv pip install shipcheck",
        "uv add --dev shipcheck",
        "uvx shipcheck check",
        "uvx --quiet shipcheck==1.0.0 check",
        "uvx --from shipcheck shipcheck check",
        "pipx run shipcheck check",
        "pipx run --spec=shipcheck shipcheck check",
        "poetry add shipcheck",
        "additional_dependencies: [shipcheck]",
        "additional_dependencies: [click, 'shipcheck==1.0.0']",
        "additional_dependencies:\n  - click\n  - shipcheck\n",
        "shipcheck==1.0.0 \\\n    --hash=sha256:0",
        "needs shipcheck[sign]",
    ],
)
def test_advice_to_install_it_is_recognised(text: str) -> None:
    assert ADVICE.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "pip install shipcheck-ai",
        "pip install 'shipcheck-ai[oci]==1.0.0'",
        "uvx --from shipcheck-ai==1.0.0 shipcheck check",
        "pipx run --spec shipcheck-ai shipcheck check",
        "pip install . && shipcheck check",
        "Install it with `pip install .`, and run `shipcheck check`.",
        "pip install ./shipcheck",
        "pip install git+https://example.com/shipcheck@main",
        "additional_dependencies: [click]\n- id: shipcheck\n",
        "shipcheck: 1",
        "needs shipcheck >=1, and here is 2",
    ],
)
def test_what_installs_or_runs_this_tool_is_not_taken_for_it(text: str) -> None:
    assert not ADVICE.search(text)


def test_the_messages_name_the_distribution_and_its_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    found = set(re.findall(r"pip install '([\w-]+)\[(\w+)\]'", source))
    assert found == {(project["name"], extra) for extra in project["optional-dependencies"]}
