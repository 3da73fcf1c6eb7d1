"""Fields that have a floor, read as they are written: `declared.FIELD`."""

from dataclasses import replace

from shipcheck.model.expression import Expression, Path, Step
from shipcheck.vocabulary.vocabulary import DECLARED


def without_declared(part: Expression) -> Expression:
    """The field itself, for a sentence on whether it is declared, which says so once."""
    if not isinstance(part, Path):
        return part
    steps: list[Step] = []
    is_as_written = False
    for step in part.steps:
        if step.name == DECLARED and step.type.name == "record":
            is_as_written = True
            continue
        steps.append(replace(step, on_record=False) if is_as_written else step)
        is_as_written = False
    return replace(part, steps=tuple(steps))
