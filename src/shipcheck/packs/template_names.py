"""The templates of a pack: a folder each below `templates/`, with a `template.yaml` and the files to create."""

from collections.abc import Iterable

TEMPLATES = "templates"
TEMPLATE = "template.yaml"


def template_names(paths: Iterable[str]) -> tuple[str, ...]:
    """The names of the templates among the paths of a pack's files."""
    steps = (path.split("/") for path in paths)
    return tuple(sorted(step[1] for step in steps if len(step) == 3 and step[0] == TEMPLATES and step[2] == TEMPLATE))
