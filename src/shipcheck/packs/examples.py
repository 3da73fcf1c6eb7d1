"""The small examples that a pack ships for each policy: one that fails and one that passes, one field apart."""

from importlib.resources.abc import Traversable

_COMMENTS = ("# shipcheck-test:", "# expect:", "# ok:", "# todo:", "# yaml-language-server:")


def example(pack: Traversable, policy: str, outcome: str) -> str:
    """The manifest of one example, without the comments that tests read; empty if the pack has none."""
    file = pack / "tests" / policy / outcome / "shipcheck.yaml"
    if not file.is_file():
        return ""
    lines = file.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(_COMMENTS))
