"""The files of a new policy: the policy itself, its tests and its documentation."""

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+>=<()$ -]*(?<! )")
KEYS = ("title", "why", "each", "all", "per", "must", "must_reach", "must_not_reach", "along", "unless_through", "severity")
LAST_KEYS = ("message", "fix")


def pack_text(name: str) -> str:
    """The head of a new pack."""
    return f"pack: {name}\nversion: 0.1.0\ndescription: Policies of {name}.\n"


def policy_text(policy: str, given: Mapping[str, str]) -> str:
    """The file of one policy."""
    first, *rest = policy_lines(policy, given)
    return "\n".join(["policies:", f"  - {first}", *(f"    {line}" for line in rest)]) + "\n"


def policy_lines(policy: str, given: Mapping[str, str]) -> list[str]:
    """The lines of one policy, without an indent."""
    return [f"id: {policy}", *(f"{key}: {_scalar(given[key])}" for key in (*KEYS, *LAST_KEYS) if given.get(key))]


def fixture_text(policy: str, as_of: str, manifest: str) -> str:
    """An annotated fixture without findings; comments for those that fail are added by hand."""
    return f"# shipcheck-test: {policy}, as of {as_of}\n{manifest}"


def failing_text(policy: str, as_of: str, manifest: str, findings: Mapping[int, tuple[str, ...]]) -> str:
    """An annotated fixture with a comment above each line that has a finding; `findings` holds the targets by line."""
    lines = []
    for number, line in enumerate(manifest.splitlines(), start=1):
        indent = line[: len(line) - len(line.lstrip())]
        targets = [f" to {target}" if target else "" for target in findings.get(number, ())]
        lines += [*(f"{indent}# expect: {policy}{target}" for target in targets), line]
    return fixture_text(policy, as_of, "\n".join(lines) + "\n")


def cases_text(policy: str, as_of: str, cases: list[tuple[str, str, str]]) -> str:
    """A case table over the passing fixture: the name, the edit and the expectation of each case."""
    lines = [
        "# A passing fixture, and the result of single edits to it. 'shipcheck policy test' lists the cases that are missing.",
        f"test: {policy}",
        f"as_of: {as_of}",
        "world: passes",
        "cases:",
    ]
    for name, edit, expected in cases:
        lines.append(f"  - name: {_scalar(name)}")
        if edit:
            lines.append(f"    edit: {edit}")
        lines.append(f"    expect: {expected}")
    return "\n".join(lines) + "\n"


def docs_text(policy: str, given: Mapping[str, str], fails: str, passes: str) -> str:
    """The page of one policy."""
    parts = [f"# {policy}", f"{given['title']}.", given["why"], "```yaml", policy_text(policy, given).rstrip("\n"), "```"]
    text = "\n\n".join(parts[:3]) + "\n\n" + "\n".join(parts[3:])
    for word, manifest in (("fails", fails), ("passes", passes)):
        if manifest:
            text += f"\n\nThis {word}:\n\n```yaml\n{manifest.rstrip(chr(10))}\n```"
    return f"{text}\n"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
