"""A policy explained: why it exists, what it requires, an example that fails and one that passes."""

from collections.abc import Iterable

from shipcheck.model.change import Rule
from shipcheck.model.explain import Explained, Explanation
from shipcheck.model.policy import Policy
from shipcheck.report.encode import folded, visible
from shipcheck.report.sections import WIDTH, own_fields_section, page_section, parameter_lines, reading_lines, section
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
    return "\n".join([*lines, "", "Run 'shipcheck explain POLICY' for one of them."]) + "\n"


def _explanation(explanation: Explanation, style: Style) -> str:
    """What a reader needs to know to resolve a finding of a policy."""
    reading = explanation.reading
    policy, parameters = reading.policy, reading.parameters
    sections = [
        f"{style.paint('strong', policy.name)}\n{visible(policy.title)}.",
        section("Why", folded(policy.why, WIDTH), style),
        section("What it requires", reading_lines(reading), style),
        section("Source", [visible(line[2:]) for line in explanation.source], style),
    ]
    sections += own_fields_section(reading, style)
    if parameters:
        sections.append(section("Parameters", parameter_lines(parameters, policy.pack), style))
    for title, text in (("Example that fails", explanation.fails), ("Example that passes", explanation.passes)):
        if text:
            sections.append(section(title, [visible(line) for line in text.splitlines()], style))
    if policy.fix:
        sections.append(section("Fix", folded(policy.fix, WIDTH), style))
    if policy.controls:
        sections.append(section("Controls", [visible(", ".join(policy.controls))], style))
    sections += page_section(policy, style)
    more = f"Run 'shipcheck policy explain {policy.name}' for its cost, what it reads and its tests."
    return "\n\n".join([*sections, more]) + "\n"


def _rule(rule: Rule, style: Style) -> str:
    """A policy that is not written in the language, as `explain` prints one that is."""
    note = "This rule is part of the tool and runs with --base, because the policy language cannot express it."
    sections = [f"{style.paint('strong', visible(rule.name))}\n{visible(rule.title)}."]
    sections += [
        "\n".join([style.paint("strong", word), *(f"  {line}" for line in folded(text, WIDTH))])
        for word, text in (("Why", rule.why), ("How it runs", note), ("Fix", rule.fix))
    ]
    return "\n\n".join([*sections, *page_section(rule, style)]) + "\n"
