"""The types of the policy language."""

from dataclasses import dataclass
from typing import Literal

TypeName = Literal["text", "number", "percent", "yes_no", "date", "duration", "choice", "component", "list", "record", "nothing"]


@dataclass(frozen=True, slots=True)
class Type:
    """One type. `words` and `ordered` are a choice's; `kinds` a component's; `item` a list's; `record` names a record."""

    name: TypeName
    words: tuple[str, ...] = ()
    ordered: bool = False
    kinds: tuple[str, ...] = ()
    item: "Type | None" = None
    record: str = ""

    def __str__(self) -> str:
        if self.name == "list":
            return f"list of {self.item}"
        if self.name == "component":
            return " or ".join(self.kinds)
        if self.name == "choice":
            return f"choice of {', '.join(self.words)}"
        return {"yes_no": "boolean"}.get(self.name, self.name)


TEXT = Type("text")
NUMBER = Type("number")
PERCENT = Type("percent")
YES_NO = Type("yes_no")
DATE = Type("date")
DURATION = Type("duration")


def component(*kinds: str) -> Type:
    """The type of a component of these kinds."""
    return Type("component", kinds=tuple(sorted(kinds)))


def list_of(item: Type) -> Type:
    """The type of a list of `item`."""
    return Type("list", item=item)
