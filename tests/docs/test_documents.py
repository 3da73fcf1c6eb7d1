"""The documents say what the tool does: their manifests are written, their commands run, and the output compared to the letter.

A block after `<!-- file: PATH -->` is written to that path before the commands that follow it; `<!-- copy: FROM PATH -->`
copies a folder of the repository there before anything else. A `console` block holds commands, each with all that it prints, or
with its first finding, a line `[...]` and its last three lines. How many policies of core pass or are not applicable is left out
as `[...]`, since it grows with the pack. SHIPCHECK_REWRITE=1 writes what the commands print into the documents instead of
comparing.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from shipcheck.pipeline.prepare import prepare

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    "README.md": ROOT,
    "docs/tutorial.md": None,
    "docs/policies.md": None,
    "docs/testing-policies.md": None,
    "docs/packs.md": None,
    "docs/publishing-packs.md": None,
    "docs/pull-requests.md": None,
    "docs/hooks.md": None,
    "docs/outputs.md": None,
    "docs/controls.md": None,
    "docs/waivers.md": None,
    "docs/ci.md": None,
    "docs/detectors.md": None,
    "docs/monorepos.md": None,
}
# Commits of the documents have the names that they print: the same author, the same time, nobody's own configuration.
GIT = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A"), ("EMAIL", "a@example.com"), ("DATE", "2026-11-22T12:00:00Z"))
} | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
DAY = "2026-11-22"
BLOCK = re.compile(r"(?:<!-- file: (?P<path>\S+) -->\n)?(?P<fence>`{3,})(?P<kind>\w+)\n(?P<body>.*?)(?P=fence)\n", re.DOTALL)
CUT = "\n[...]\n"
JUDGED = re.compile(r"\d+ passed and \d+ not applicable")
LISTED = re.compile(r"(?<=^core )( +\S+ +)\d+(?= policies)", re.MULTILINE)
COUNTED = re.compile(r"has \d+ policies in \d+ families")
COPY = re.compile(r"<!-- copy: (\S+) (\S+) -->")
# Where the commands of a document run; its name is in what they print.
FOLDER = "my-repo"


@dataclass(frozen=True)
class Command:
    """A command and what the document says it prints."""

    text: str
    output: str


def blocks(document: Path, folder: Path) -> Iterator[Command]:
    """Write the files and yield the commands, in the order of the document."""
    for source, target in COPY.findall(document.read_text("utf-8")):
        shutil.copytree(ROOT / source, folder / target)
    for block in BLOCK.finditer(document.read_text("utf-8")):
        if block["path"]:
            target = folder / block["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["body"], "utf-8")
        elif block["kind"] == "console" and block["body"].startswith(("$ shipcheck", "$ git")):
            for entry in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
                command, _, output = entry.partition("\n")
                yield Command(command, output)


def cut(printed: str) -> str:
    first = re.split(r"\n\n(?:error|warning|note): ", printed)[0]
    return "\n\n".join([first, "[...]", "\n".join(printed.splitlines()[-3:])]) + "\n"


def without_counts(printed: str) -> str:
    """What a command prints, without the numbers that change with every policy that core gets."""
    whole = " by core " in printed and "selected policies only" not in printed
    return LISTED.sub(r"\1[...]", JUDGED.sub("[...]", printed) if whole else printed)


def run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    called = [program] if program == "git" else [sys.executable, "-m", "shipcheck"]
    environment = {**os.environ, "NO_COLOR": "1", **GIT}
    done = subprocess.run([*called, *arguments], cwd=folder, env=environment, capture_output=True, check=False)
    # A check against a base is made on the day on which it runs.
    today = datetime.now(UTC).date().isoformat()
    return without_counts((done.stdout + done.stderr).decode().replace(f"as of {today}", f"as of {DAY}"))


def _rewritten(text: str, command: Command, printed: str) -> str:
    """The document with what the command prints, where it holds the command with its old output."""
    old = re.search(rf"^{re.escape(f'$ {command.text}')}\n{re.escape(command.output)}(?=```|\$ )", text, re.MULTILINE)
    return text if old is None else f"{text[: old.start()]}$ {command.text}\n{printed}{text[old.end() :]}"


@pytest.mark.needs("git")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_prints_what_the_tool_prints(name: str, tmp_path: Path) -> None:
    folder = DOCUMENTS[name] or tmp_path / FOLDER
    folder.mkdir(exist_ok=True)
    document = ROOT / name
    text = document.read_text("utf-8")
    commands = 0
    for command in blocks(document, folder):
        commands += 1
        printed = run(command.text, folder)
        if CUT in command.output:
            printed = cut(printed)
        if os.environ.get("SHIPCHECK_REWRITE"):
            text = _rewritten(text, command, printed)
        else:
            assert printed == command.output, command.text
    if os.environ.get("SHIPCHECK_REWRITE"):
        document.write_text(text, "utf-8")
    assert commands


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_page_prints_how_many_policies_core_has(name: str) -> None:
    for block in BLOCK.finditer((ROOT / name).read_text("utf-8")):
        if block["kind"] == "console":
            assert without_counts(block["body"]) == block["body"]


def test_the_readme_counts_the_policies_of_the_core_pack() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    policies = [policy for policy in prepare(ROOT).plan.policies if policy.pack == "core"]
    families = {policy.location.path for policy in policies}
    counted = COUNTED.sub(f"has {len(policies)} policies in {len(families)} families", text)
    assert COUNTED.search(text)
    if os.environ.get("SHIPCHECK_REWRITE"):
        readme.write_text(counted, "utf-8")
    else:
        assert counted == text


def test_a_second_use_case_takes_as_few_lines_by_hand_as_the_document_says() -> None:
    text = (ROOT / "docs/packs.md").read_text("utf-8")
    final = next(block["body"] for block in BLOCK.finditer(text) if block["path"] == "shop/claim-letters.shipcheck.yaml")
    template = (ROOT / "examples/platform-pack/agents-base/templates/use-case/manifest.yaml").read_text("utf-8")
    names = {"name": "claim-letters", "owner": "claims", "action": "send-letter", "system": "platform/crm"}
    made = re.sub(r"\$\{(\w+)\}", lambda place: names[place[1]], template).splitlines()
    kept = sum(block.size for block in SequenceMatcher(None, made, final.splitlines(), autojunk=False).get_matching_blocks())
    by_hand = len(final.splitlines()) - kept
    assert f"{by_hand} lines of that are written by hand" in text
    assert by_hand < 25
