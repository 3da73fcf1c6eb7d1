"""A policy explained: why it exists, what it requires, an example that fails and one that passes."""

from collections.abc import Iterable

from shipcheck.model.change import Rule
from shipcheck.model.explain import Explained, Explanation
from shipcheck.model.policy import Policy
from shipcheck.report.encode import folded, visible
from shipcheck.report.sections import WIDTH, page_section, parameter_lines, reading_lines, section
from shipcheck.report.style import PLAIN, Style


def render(explained: Explained, style: Style = PLAIN) -> str:
    """The policy that was named, or one line for each policy in use."""
    explanation = explained.explanation
    if isinstance(explanation, Rule):
        return _rule(explanation, style)
    return _explanation(explanation, style) if explanation else _policies(explained.policies, style)


def _policies(policies: Iterable[Policy], style: Style) -> str:
    """One line for each policy in use."""
    listed = list(policies)
    longest = max((len(policy.name) for policy in listed), default=0)
    lines = [f"{style.paint('strong', visible(policy.name).ljust(longest))}  {visible(policy.title)}" for policy in listed]
    return "\n".join([*lines, "", "shipcheck explain POLICY says more about one."]) + "\n"


def _explanation(explanation: Explanation, style: Style) -> str:
    """What somebody needs to know who is to clear a finding of a policy."""
    reading = explanation.reading
    policy, parameters = reading.policy, reading.parameters
    sections = [
        f"{style.paint('strong', policy.name)}\n{visible(policy.title)}.",
        section("Why", folded(policy.why, WIDTH), style),
        section("How it reads", reading_lines(reading), style),
        section("How it is written", [visible(line[2:]) for line in explanation.source], style),
    ]
    if parameters:
        sections.append(section("Parameters", parameter_lines(parameters, policy.pack), style))
    for title, text in (("Fails", explanation.fails), ("Passes", explanation.passes)):
        if text:
            sections.append(section(title, [visible(line) for line in text.splitlines()], style))
    if policy.fix:
        sections.append(section("Fix", folded(policy.fix, WIDTH), style))
    if policy.controls:
        sections.append(section("Controls", [visible(", ".join(policy.controls))], style))
    sections += page_section(policy, style)
    more = f"shipcheck policy explain {policy.name} says what it costs, what it looks at and how it is tested."
    return "\n\n".join([*sections, more]) + "\n"


def _rule(rule: Rule, style: Style) -> str:
    """A policy that is not written in the language, as `explain` prints one that is."""
    note = "It is judged with --base alone, and is part of the tool: settings and policies have no place in the policy language."
    sections = [f"{style.paint('strong', visible(rule.name))}\n{visible(rule.title)}."]
    sections += [
        "\n".join([style.paint("strong", word), *(f"  {line}" for line in folded(text, WIDTH))])
        for word, text in (("Why", rule.why), ("How it reads", note), ("Fix", rule.fix))
    ]
    return "\n\n".join([*sections, *page_section(rule, style)]) + "\n"
