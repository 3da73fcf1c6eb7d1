"""What checking packs has found, for people and for programs."""

from collections import Counter
from typing import Any

from shipcheck.english import counted, listed
from shipcheck.model.policy_check import CheckedPack, Cost, CostClass, PackCheck
from shipcheck.model.problem import Problem
from shipcheck.report.check.json import problem_json
from shipcheck.report.encode import as_json, visible
from shipcheck.report.excerpt import Excerpts
from shipcheck.report.problems import problem_blocks
from shipcheck.report.style import Style

PACK_CHECK_VERSION = 1
_CLASSES: dict[CostClass, str] = {
    "linear": "one",
    "values": "one for each distinct value read",
    "each": "one for each subject or target",
}


def render_pack_text(found: PackCheck, style: Style) -> str:
    """Every problem and every warning with its excerpt, then what costs more than one pass, then what was checked."""
    excerpts = Excerpts(found.texts, style)
    pieces = problem_blocks(found.problems, excerpts, style)
    pieces += problem_blocks(found.warnings, excerpts, style, "warning")
    dear = [(name, cost) for pack in found.packs for name, cost in pack.costs if cost.kind != "linear"]
    if dear:
        pieces.append("\n".join([style.paint("strong", "cost"), *(f"  {name}: {cost.shown}" for name, cost in dear)]))
    return "\n\n".join([*pieces, _summary(found, style)]) + "\n"


def render_pack_concise(found: PackCheck, style: Style) -> str:
    """`path:line:column: problem CODE: message`, then what was checked."""
    lines = [_line(problem, "problem", style) for problem in found.problems]
    lines += [_line(warning, "warning", style) for warning in found.warnings]
    return "\n".join([*lines, _summary(found, style)]) + "\n"


def _line(problem: Problem, word: str, style: Style) -> str:
    return f"{visible(str(problem.location))}: {style.paint(word, word)} {problem.code}: {visible(problem.message)}"


def _summary(found: PackCheck, style: Style) -> str:
    return "\n".join([_verdict(found, style), *(_pack(pack) for pack in found.packs)])


def _verdict(found: PackCheck, style: Style) -> str:
    if found.problems:
        them = "it" if len(found.problems) == 1 else "them"
        text = f"Not compiled: {counted(len(found.problems), 'problem')}. Mend {them} and run again."
        return style.paint("problem", text)
    if not found.warnings:
        return style.paint("good", "All clear.")
    warnings = counted(len(found.warnings), "warning")
    if found.strict:
        return style.paint("warning", f"Found {warnings}, and --strict lets none pass.")
    them = "it" if len(found.warnings) == 1 else "them"
    return style.paint("warning", f"Found {warnings}. --strict fails on {them}.")


def _pack(pack: CheckedPack) -> str:
    """What a pack holds and how many of its policies take how many passes over the graph."""
    holds = listed(
        [
            counted(len(pack.costs), "policy", "policies"),
            counted(pack.parameters, "parameter"),
            counted(pack.selectors, "selector"),
        ],
        "and",
    )
    classes = Counter(cost.kind for _, cost in pack.costs)
    costs = listed([f"{words} ({classes[kind]})" for kind, words in _CLASSES.items() if classes[kind]], "and")
    return visible(f"{pack.name} {pack.version}: {holds}{f'. Passes over the graph: {costs}' if costs else ''}.")


def render_pack_json(found: PackCheck) -> str:
    """The same for programs: ASCII only, keys in a fixed order."""
    return as_json(_json(found))


def _json(found: PackCheck) -> dict[str, Any]:
    return {
        "shipcheck": found.version,
        "pack_check": PACK_CHECK_VERSION,
        "verdict": found.verdict,
        "strict": found.strict,
        "packs": [_pack_json(pack) for pack in found.packs],
        "problems": [problem_json(problem) for problem in found.problems],
        "warnings": [problem_json(warning) for warning in found.warnings],
    }


def _pack_json(pack: CheckedPack) -> dict[str, Any]:
    return {
        "name": pack.name,
        "version": pack.version,
        "parameters": pack.parameters,
        "selectors": pack.selectors,
        "policies": [{"policy": name, "cost": _cost_json(cost)} for name, cost in pack.costs],
    }


def _cost_json(cost: Cost) -> dict[str, Any]:
    return {"class": cost.kind, "reads": list(cost.reads), "text": cost.shown}
