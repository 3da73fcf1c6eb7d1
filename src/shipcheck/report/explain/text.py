"""A policy explained: why it exists, how it reads, a world that fails and one that passes."""

from collections.abc import Iterable

from shipcheck.model.explain import Reading
from shipcheck.model.policy import Policy
from shipcheck.report.encode import folded, visible
from shipcheck.report.policy_explain.text import WIDTH, page_section, parameter_lines, reading_lines, section
from shipcheck.report.style import Style


def render_policies(policies: Iterable[Policy], style: Style) -> str:
    """One line for each policy in use."""
    listed = list(policies)
    longest = max((len(policy.name) for policy in listed), default=0)
    lines = [f"{style.paint('strong', policy.name.ljust(longest))}  {visible(policy.title)}" for policy in listed]
    return "\n".join([*lines, "", "shipcheck explain POLICY says more about one."]) + "\n"


def render_explanation(reading: Reading, source: tuple[str, ...], worlds: tuple[str, str], style: Style) -> str:
    """What somebody needs to know who is to clear a finding of a policy."""
    policy, parameters = reading.policy, reading.parameters
    sections = [
        f"{style.paint('strong', policy.name)}\n{visible(policy.title)}.",
        section("Why", folded(policy.why, WIDTH), style),
        section("How it reads", reading_lines(reading), style),
        section("How it is written", [visible(line[2:]) for line in source], style),
    ]
    if parameters:
        sections.append(section("Parameters", parameter_lines(parameters, policy.pack), style))
    for title, text in zip(("Fails", "Passes"), worlds, strict=True):
        if text:
            sections.append(section(title, [visible(line) for line in text.splitlines()], style))
    if policy.fix:
        sections.append(section("Fix", folded(policy.fix, WIDTH), style))
    if policy.controls:
        sections.append(section("Controls", [visible(", ".join(policy.controls))], style))
    sections += page_section(policy, style)
    more = f"shipcheck policy explain {policy.name} says what it costs, what it looks at and how it is tested."
    return "\n\n".join([*sections, more]) + "\n"
