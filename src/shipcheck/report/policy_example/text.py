"""The smallest manifest that fails a policy, and the smallest that passes it."""

from shipcheck.model.policy_example import PolicyExample
from shipcheck.report.encode import visible
from shipcheck.report.style import PLAIN, Style


def render(example: PolicyExample, _style: Style = PLAIN) -> str:
    """Both manifests, each under a comment; one that could not be built is left out."""
    manifests = (("fails", example.fails), ("passes", example.passes))
    return "\n".join(f"# {word} {visible(example.policy.name)}\n{_lines(text)}" for word, text in manifests if text)


def _lines(manifest: str) -> str:
    return "".join(f"{visible(line)}\n" for line in manifest.splitlines())
