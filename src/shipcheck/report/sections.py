"""Titled sections of wrapped text, as the explanations of policies are printed."""

from collections.abc import Iterable

from shipcheck.documentation import Documented, policy_page
from shipcheck.model.explain import Line, PolicyInEnglish
from shipcheck.model.policy import Parameter
from shipcheck.report.encode import folded, visible
from shipcheck.report.style import Style

WIDTH = 100
_CHANGES = {"increase": "settings can raise it", "decrease": "settings can lower it", "any": "settings may change it"}


def section(title: str, lines: Iterable[str], style: Style) -> str:
    """A title with indented lines below it."""
    return "\n".join([style.paint("strong", title), *(f"  {line}".rstrip() for line in lines)])


def page_section(policy: Documented, style: Style) -> list[str]:
    """The address of the policy's page, as a section of its own; no section if it has no address."""
    page = policy_page(policy)
    return [section("Documentation", [page], style)] if page else []


def own_fields_section(reading: PolicyInEnglish, style: Style) -> list[str]:
    """The fields of packs that a policy reads, with what they mean, as a section of its own; no section if it reads none."""
    lines = wrapped(Line(0, f"{name}: {description}") for name, description in reading.own_fields)
    return [section("Fields of packs", lines, style)] if lines else []


def reading_lines(reading: PolicyInEnglish) -> list[str]:
    """The sentences of a policy, and the meaning of its named selectors."""
    return wrapped((*reading.asks, *reading.means))


def wrapped(lines: Iterable[Line]) -> list[str]:
    """Lines of a readable length, those that list something with a dash."""
    wrapped_lines: list[str] = []
    for line in lines:
        first = f"{'  ' * line.depth}- " if line.depth else ""
        wrapped_lines += folded(line.text, WIDTH, first=first, rest=" " * len(first))
    return wrapped_lines


def parameter_lines(parameters: Iterable[Parameter], pack: str) -> list[str]:
    """Each parameter with its value, who may change it, and what it means."""
    lines: list[str] = []
    for parameter in parameters:
        lines.append(f"{visible(f'{pack}.{parameter.name}')} = {parameter.shown} ({_CHANGES.get(parameter.may, 'fixed')})")
        lines.extend(f"  {line}" for line in folded(parameter.description, WIDTH - 4))
    return lines
