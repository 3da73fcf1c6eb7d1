"""The last lines of a check of packs: the verdict, and what each pack holds and costs."""

from collections import Counter

from shipcheck.english import counted, listed
from shipcheck.model.policy_check import CheckedPack, CostClass, PackCheck
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

_CLASSES: dict[CostClass, str] = {
    "linear": "one",
    "values": "one for each distinct value read",
    "each": "one for each subject or target",
}


def summary(check: PackCheck, style: Style) -> str:
    """The verdict, then a line for each pack."""
    return "\n".join([_verdict(check, style), *(_pack(pack) for pack in check.packs)])


def _verdict(check: PackCheck, style: Style) -> str:
    if check.problems:
        them = "it" if len(check.problems) == 1 else "them"
        text = f"Not compiled: {counted(len(check.problems), 'problem')}. Fix {them} and run again."
        return style.paint("problem", text)
    if not check.warnings:
        return style.paint("good", "All clear.")
    warnings = counted(len(check.warnings), "warning")
    if check.strict:
        return style.paint("warning", f"Found {warnings}; --strict allows none.")
    return style.paint("warning", f"Found {warnings}, allowed without --strict.")


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
