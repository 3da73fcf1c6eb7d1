"""Policies as SARIF rules: one extension of the tool for each pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shipcheck.documentation import policy_page
from shipcheck.english import listed
from shipcheck.model.change import Rule
from shipcheck.model.policy import Policy, Severity
from shipcheck.model.report import Report
from shipcheck.report.encode import markdown_text, visible

# What GitHub takes of a name, of a text and of the tags of one rule.
MOST_OF_A_NAME, MOST_OF_A_TEXT, MOST_TAGS = 255, 1024, 10
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_PROBLEM_HELP = "Nothing is judged while an input file is malformed or cannot be read. Fix it and run again."
PROBLEM_RULE: dict[str, Any] = {
    "id": "problem",
    "name": "NotJudged",
    "shortDescription": {"text": "A manifest, policy or settings file is malformed or cannot be read."},
    "fullDescription": {"text": _PROBLEM_HELP},
    "help": {"text": _PROBLEM_HELP, "markdown": _PROBLEM_HELP},
    "defaultConfiguration": {"level": "error"},
    "properties": {"precision": "very-high", "problem.severity": "error"},
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The extensions with their rules, and the place of each policy's rule: the number of the extension, then of the rule."""

    extensions: tuple[dict[str, Any], ...]
    places: Mapping[str, tuple[int, int]]


def rules_of(report: Report) -> Rules:
    """A rule for every policy that was judged, whether or not it found anything."""
    extensions: list[dict[str, Any]] = []
    places: dict[str, tuple[int, int]] = {}
    versions = dict(report.inputs.packs)
    for name, version in (
        versions | {policy.pack: report.version for policy in report.judged.policies if policy.pack not in versions}
    ).items():
        policies = [policy for policy in report.judged.policies if policy.pack == name]
        places |= {policy.name: (len(extensions), number) for number, policy in enumerate(policies)}
        extensions.append({"name": name, "version": visible(version), "rules": [_rule(policy) for policy in policies]})
    return Rules(tuple(extensions), places)


def _rule(policy: Policy | Rule) -> dict[str, Any]:
    highest = max(policy.weighed(rung.severity) for rung in policy.severity)
    page = policy_page(policy)
    return {
        "id": policy.name,
        "name": "".join(word.capitalize() for word in policy.id.split("-"))[:MOST_OF_A_NAME],
        "shortDescription": {"text": _text(policy.title)},
        "fullDescription": {"text": _text(policy.why)},
        **({"helpUri": page} if page else {}),
        "help": {"text": _text(_help(policy)), "markdown": _help_markdown(policy)},
        "defaultConfiguration": {"level": LEVELS[highest]},
        "properties": {
            "precision": "very-high",
            "problem.severity": _GITHUB_LEVELS[highest],
            "tags": [visible(control) for control in policy.controls[:MOST_TAGS]],
        },
    }


def _text(text: str) -> str:
    """A sentence of at most as many characters as GitHub takes."""
    sentence = visible(text) if text.endswith((".", "!", "?")) else f"{visible(text)}."
    return sentence if len(sentence) <= MOST_OF_A_TEXT else f"{sentence[: MOST_OF_A_TEXT - 2]}…."


def _help(policy: Policy | Rule) -> str:
    return " ".join(part for part in (policy.why, policy.fix, f"Run 'shipcheck explain {policy.name}' for details.") if part)


def _help_markdown(policy: Policy | Rule) -> str:
    pieces = [markdown_text(policy.why)]
    if policy.fix:
        pieces.append(f"**Fix:** {markdown_text(policy.fix)}")
    if policy.controls:
        pieces.append(f"**Controls:** {markdown_text(listed(policy.controls, 'and'))}")
    pieces.append(f"`shipcheck explain {policy.name}` shows what it requires, an example that fails and one that passes.")
    return "\n\n".join(pieces)
