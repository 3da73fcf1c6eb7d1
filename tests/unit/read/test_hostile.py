"""Input of up to 1 MiB that is made to hurt: each in a process of its own, with little memory and not for long.

Whatever it is, the tool ends by itself with one of its exit codes and in its own words.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

MIB = 1024 * 1024
MEMORY = 512 * MIB
PATIENCE = 20  # seconds until the process is killed
HEAD = "shipcheck: 1\n"
AGENT = HEAD + "agents:\n  x:\n"
LAUNCH = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
except ImportError:
    pass
sys.argv = ["shipcheck", "check", "--root", sys.argv[1]]
from shipcheck.cli.entry import main
main()
"""


class Hostile(NamedTuple):
    """How to make an input, the exit codes it may end with, and a word of the answer."""

    make: Callable[[], str]
    codes: tuple[int, ...]
    word: str


def repeated(piece: str, head: str = "", tail: str = "", size: int = MIB) -> str:
    """The piece, over and over, up to the size."""
    return head + piece * ((size - len((head + tail).encode())) // len(piece.encode())) + tail


def numbered(pattern: str, head: str = "", tail: str = "", size: int = MIB, step: str = "x") -> str:
    """The pattern with a new number for `@` each time, up to the size."""
    rows = [head]
    left = size - len((head + tail).encode())
    for number in range(size):
        row = pattern.replace("@", f"{number:{step}}")
        left -= len(row.encode())
        if left < 0:
            break
        rows.append(row)
    return "".join(rows) + tail


def refused(word: str, make: Callable[[], str]) -> Hostile:
    return Hostile(make, (3,), word)


def chain(length: int) -> str:
    """Agents that hand on in a ring, each with an action that writes to a system of its own."""
    agents = "".join(f" a{n}: {{delegates_to: [a{(n + 1) % length}], calls: [c{n}]}}\n" for n in range(length))
    actions = "".join(f" c{n}: {{writes_to: [s{n}]}}\n" for n in range(length))
    systems = "".join(f" s{n}: {{}}\n" for n in range(length))
    return f"{HEAD}use_cases: {{u: {{uses: [a0]}}}}\nagents:\n{agents}actions:\n{actions}systems:\n{systems}"


def product(side: int) -> str:
    """Use cases that each reach many systems and one of their own."""
    use_cases = "".join(f" u{n}: {{uses: [a], touches: [t{n}]}}\n" for n in range(side))
    systems = "".join(f" s{n}: {{}}\n t{n}: {{}}\n" for n in range(side))
    written = ",".join(f"s{n}" for n in range(side))
    middle = f"agents: {{a: {{calls: [c]}}}}\nactions: {{c: {{writes_to: [{written}]}}}}\n"
    return f"{HEAD}use_cases:\n{use_cases}{middle}systems:\n{systems}"


def near_names(letters: str) -> str:
    """Many declared names and many that are nearly one of them."""
    wanted = ", ".join(f"{letters}x{n:04x}" for n in range(400))
    return numbered(f"  {letters}@: {{}}\n", f"{AGENT}    calls: [{wanted}]\nactions:\n", step="05x")


DEEP = {
    "flow lists": refused("too-deep", lambda: "[" * 200_000),
    "flow lists as a value": refused("too-deep", lambda: f"{HEAD}agents: {'[' * 200_000}"),
    "closed flow lists": refused("too-deep", lambda: "[" * 200_000 + "]" * 200_000),
    "flow maps": refused("too-deep", lambda: "{a: " * 200_000),
    "dashes": refused("too-deep", lambda: "- " * 200_000),
    "question marks": refused("too-deep", lambda: "? " * 200_000),
    "question marks in flow": refused("too-deep", lambda: "[? " * 200_000),
    "growing indentation": refused("too-deep", lambda: "".join(f"{' ' * level}a:\n" for level in range(1_400))),
    "growing indentation of dashes": refused("too-deep", lambda: "".join(f"{' ' * level}-\n" for level in range(1_400))),
    "growing indentation after carriage returns": refused(
        "too-deep", lambda: "".join(f"{' ' * level}a:\r" for level in range(1_400))
    ),
    "wide lists at the limit": refused("too-many-values", lambda: repeated("[" * 63 + "]" * 63 + ",", "[", "]")),
}
LONG = {
    "one plain scalar": refused("wrong-type", lambda: "a" * MIB),
    "one plain scalar of words": refused("wrong-type", lambda: repeated("a ")),
    "one plain title": Hostile(lambda: f"{AGENT}    title: {'a' * (MIB - 60)}\n", (0, 1), "agent"),
    "a plain title over lines": Hostile(lambda: repeated("      a\n", f"{AGENT}    title: b\n"), (0, 1), "agent"),
    "one name": refused("bad-name", lambda: f"{HEAD}agents: {{{'a' * 1000}: {{}}}}\n"),
    "one number": refused("not-a-number", lambda: f"{HEAD}gates: {{g: {{approvals: {'9' * (MIB - 60)}}}}}\n"),
    "one date": refused("not-a-date", lambda: f"{HEAD}use_cases: {{u: {{review_due: {'9' * (MIB - 60)}}}}}\n"),
    "one ambiguous scalar": refused("ambiguous-text", lambda: f"{AGENT}    title: {repeated('1:', size=MIB - 60)}0\n"),
    "one almost ambiguous scalar": Hostile(lambda: f"{AGENT}    title: {'0_' * 500_000}x\n", (0, 1), "agent"),
    "one tag": refused("tag", lambda: f"!{'a' * (MIB - 5)} b"),
    "one anchor": refused("anchor", lambda: f"&{'a' * (MIB - 5)} b"),
    "one unknown key": refused("unknown-key", lambda: f"{AGENT}    ? {'a' * (MIB - 60)}\n    : b\n"),
    "one reference": refused("bad-reference", lambda: f"{AGENT}    owner: {'a/' * 500_000}\n"),
    "an open quote": refused("yaml-syntax", lambda: '"' + "a" * (MIB - 1)),
    "quotes": refused("wrong-type", lambda: "'" * MIB),
    "line breaks in quotes": refused("wrong-type", lambda: '"' + "\n" * (MIB - 2) + '"'),
    "escapes": refused("wrong-type", lambda: '"' + "\\x41" * 250_000 + '"'),
    "a literal": refused("unknown-key", lambda: repeated(" a\n", f"{HEAD}x: |\n")),
    "a folded scalar of blank lines": refused("unknown-key", lambda: f"{HEAD}x: >\n a\n" + "\n" * (MIB - 40)),
    "line breaks": refused("empty-manifest", lambda: "\n" * MIB),
    "carriage returns": refused("empty-manifest", lambda: "\r" * MIB),
    "blanks": refused("empty-manifest", lambda: " " * MIB),
    "tabs": refused("yaml-syntax", lambda: "\t" * MIB),
    "comments": refused("empty-manifest", lambda: repeated("#\n")),
    "a file over the limit": refused("file-too-large", lambda: "a" * (MIB + 1)),
    "nothing but zeros": refused("forbidden-character", lambda: "\0" * MIB),
    "byte order marks": refused("forbidden-character", lambda: repeated("\ufeff")),
    "wide characters": refused("wrong-type", lambda: repeated("😀")),
    "all printable characters": refused("yaml-syntax", lambda: "".join(chr(33 + number * 7919 % 90) for number in range(MIB))),
}
MANY = {
    "short keys": refused("missing-version", lambda: numbered("k@:\n", size=MIB // 2)),
    "keys beyond ASCII": refused("missing-version", lambda: numbered("😀@: a\n", size=MIB // 2)),
    "values": refused("too-many-values", lambda: repeated("a,", "[", "]")),
    "empty maps": refused("too-many-values", lambda: repeated("{},", "[", "]")),
    "commas": refused("yaml-syntax", lambda: "[" + "," * (MIB - 2) + "]"),
    "colons": refused("yaml-syntax", lambda: ": " * 200_000),
    "doubled keys": refused("duplicate-key", lambda: repeated("a: b\n")),
    "merge keys": refused("merge-key", lambda: repeated("<<: a\n")),
    "number keys": refused("non-text-key", lambda: numbered("@: a\n", step="d")),
    "complex keys": refused("complex-key", lambda: repeated("? [a]\n")),
    "complex keys in flow": refused("complex-key", lambda: repeated("[]: b,", "{", "}")),
    "anchors": refused("anchor", lambda: numbered("- &a@ b\n")),
    "aliases": refused("alias", lambda: repeated("- *a\n", "- &a b\n")),
    "tags": refused("tag", lambda: repeated("- !a b\n")),
    "tag directives": refused("directive", lambda: numbered("%TAG !a@! b\n", tail="--- a\n")),
    "tag directives of a second document": refused(
        "several-documents", lambda: numbered("%TAG !a@! b\n", "a: b\n...\n", "--- a\n")
    ),
    "tag directives behind a document without end": refused(
        "several-documents", lambda: numbered("%TAG !a@! b\n", "a: b\n", "--- a\n")
    ),
    "documents": refused("several-documents", lambda: repeated("---\n")),
    "escaped control characters": refused("forbidden-character", lambda: repeated('- "\\0"\n')),
    "unknown sections": refused("too-many-problems", lambda: numbered("section-@: a\n", HEAD)),
    "unknown fields": refused("too-many-problems", lambda: numbered("    field@: 1\n", AGENT)),
    "unknown fields that are nearly one": refused("too-many-problems", lambda: numbered("    delegatesto@: 1\n", AGENT)),
    "long unknown fields": refused("too-many-problems", lambda: numbered("    k@" + "a" * 1_000 + ": 1\n", AGENT)),
    "bad names": refused("too-many-problems", lambda: numbered("  Agent@: {}\n", f"{HEAD}agents:\n")),
    "bad labels": refused("too-many-problems", lambda: numbered("      k@_: a\n", f"{AGENT}    labels:\n")),
    "bad words": refused("too-many-problems", lambda: numbered("x@x, ", f"{HEAD}actions: {{x: {{effects: [", "]}}\n")),
    "doubled items": refused("too-many-problems", lambda: repeated("abcdef, ", f"{HEAD}gates: {{g: {{approvers: [", "]}}\n")),
    "dangling references": refused("too-many-problems", lambda: numbered("abc@, ", f"{AGENT}    calls: [", "]\n")),
    "one dangling reference": refused("too-many-problems", lambda: repeated("abcdef, ", f"{AGENT}    calls: [", "]\n")),
    "dangling gates": refused(
        "too-many-problems", lambda: numbered("{to: an-action-@, through: [gate-@]}, ", f"{AGENT}    calls: [", "]\n")
    ),
    "unknown namespaces": refused("too-many-problems", lambda: numbered("abc@/a, ", f"{AGENT}    calls: [", "]\n")),
    "references of the wrong kind": refused(
        "too-many-problems", lambda: repeated("abcdef, ", f"{HEAD}teams: {{abcdef: {{}}}}\nagents: {{x: {{calls: [", "]}}\n")
    ),
    "names that are nearly declared": refused("too-many-problems", lambda: near_names("bbb")),
    "long names that are nearly declared": refused("too-many-problems", lambda: near_names("a" * 57)),
    "teams": Hostile(lambda: numbered("  team-@: {}\n", f"{HEAD}teams:\n"), (1, 3), "team"),
    "labels": Hostile(lambda: numbered("      label-@: a\n", f"{AGENT}    labels:\n"), (0, 1), "agent"),
    "places in the code": Hostile(
        lambda: repeated("{file: src/approvals.py}, ", f"{AGENT}    implemented_by: [", "]\n"), (0, 1), "agent"
    ),
    "systems along a ring of agents": Hostile(lambda: chain(300), (1,), "system"),
    "pairs of use cases and systems": refused("limit", lambda: product(5_000)),
}
ALL = {**DEEP, **{f"long: {name}": case for name, case in LONG.items()}, **{f"many: {name}": case for name, case in MANY.items()}}


def run(folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", LAUNCH, str(folder)], capture_output=True, timeout=PATIENCE, check=False)


@pytest.mark.parametrize("name", ALL)
def test_hostile_input_ends_in_order(name: str, tmp_path: Path) -> None:
    case = ALL[name]
    content = case.make().encode("utf-8")
    assert len(content) <= MIB + 1
    (tmp_path / "shipcheck.yaml").write_bytes(content)
    done = run(tmp_path)
    said = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode in case.codes, said[-500:]
    assert case.word in said
    assert "Traceback" not in said
    assert "internal error" not in said


SETTINGS = {
    "packs": lambda: numbered("  - {name: a@}\n", f"{HEAD}packs:\n"),
    "packs of a wrong shape": lambda: repeated("  - []\n", f"{HEAD}packs:\n"),
    "unknown keys": lambda: numbered("k@: a\n", HEAD),
    "patterns": lambda: numbered("    - '*a@*'\n", f"{HEAD}manifests:\n  also:\n"),
    "one long pattern": lambda: f"{HEAD}manifests: {{also: ['{'*' * (MIB - 60)}']}}\n",
    "folders in a pattern": lambda: f"{HEAD}manifests: {{ignore: ['{'**/' * 160}zz']}}\n",
    "stars in a pattern": lambda: f"{HEAD}manifests: {{ignore: ['{'*a' * 240}b']}}\n",
    "crossing stars in a pattern": lambda: f"{HEAD}manifests: {{ignore: ['{'**a' * 160}b']}}\n",
    "severities": lambda: numbered("  core/a@: error\n", f"{HEAD}severities:\n"),
    "severities that are none": lambda: numbered("  core/a@: errr\n", f"{HEAD}severities:\n"),
    "parameters": lambda: numbered("    a@: 1\n", f"{HEAD}parameters:\n  core:\n"),
    "parameters of a wrong shape": lambda: numbered("    a@: []\n", f"{HEAD}parameters:\n  core:\n"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_hostile_settings_end_in_order(name: str, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a"] * 40)
    deep.mkdir(parents=True)
    for file in (tmp_path / "shipcheck.yaml", deep / "y.shipcheck.yaml", tmp_path / f"{'a' * 200}.shipcheck.yaml"):
        file.write_text(f"{HEAD}agents: {{{file.name[0]}x: {{}}}}\n", "utf-8")
    (tmp_path / ".shipcheck").mkdir()
    (tmp_path / ".shipcheck" / "settings.yaml").write_text(SETTINGS[name](), "utf-8")
    done = run(tmp_path)
    said = (done.stdout + done.stderr).decode("utf-8")
    # A pattern of a legal length that matches nothing is a warning.
    assert done.returncode == (1 if name.endswith("in a pattern") else 2), said[-500:]
    assert "Traceback" not in said
