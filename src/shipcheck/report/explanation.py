"""A policy explained: why it exists, how it reads, a world that fails and one that passes."""

from collections.abc import Iterable
from textwrap import wrap

from shipcheck.model.policy import Parameter, Policy
from shipcheck.report.encode import visible
from shipcheck.report.style import Style

WIDTH = 100


def render_policies(policies: Iterable[Policy], style: Style) -> str:
    """One line for each policy in use."""
    listed = list(policies)
    longest = max((len(policy.name) for policy in listed), default=0)
    lines = [f"{style.paint('strong', policy.name.ljust(longest))}  {visible(policy.title)}" for policy in listed]
    return "\n".join([*lines, "", "shipcheck explain POLICY says more about one."]) + "\n"


def render_explanation(
    policy: Policy, source: tuple[str, ...], parameters: tuple[Parameter, ...], worlds: tuple[str, str], style: Style
) -> str:
    """Everything about one policy."""
    sections = [
        f"{style.paint('strong', policy.name)}\n{visible(policy.title)}.",
        _section("Why", wrap(visible(policy.why), WIDTH), style),
        _section("How it reads", [visible(line[2:]) for line in source], style),
    ]
    if parameters:
        sections.append(_section("Parameters", _parameters(parameters, policy.pack), style))
    for title, text in zip(("Fails", "Passes"), worlds, strict=True):
        if text:
            sections.append(_section(title, [visible(line) for line in text.splitlines()], style))
    if policy.fix:
        sections.append(_section("Fix", wrap(visible(policy.fix), WIDTH), style))
    if policy.controls:
        sections.append(_section("Controls", [visible(", ".join(policy.controls))], style))
    return "\n\n".join(sections) + "\n"


def _section(title: str, lines: list[str], style: Style) -> str:
    return "\n".join([style.paint("strong", title), *(f"  {line}".rstrip() for line in lines)])


def _parameters(parameters: tuple[Parameter, ...], pack: str) -> list[str]:
    lines: list[str] = []
    for parameter in parameters:
        change = {"increase": "settings may raise it", "decrease": "settings may lower it", "any": "settings may change it"}
        lines.append(f"{pack}.{parameter.name} = {parameter.shown} ({change.get(parameter.may, 'fixed')})")
        lines.extend(f"  {line}" for line in wrap(visible(parameter.description), WIDTH - 4))
    return lines
