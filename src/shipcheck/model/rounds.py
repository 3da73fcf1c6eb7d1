"""A record that is written anew in each round, as a list: the latest by date holds, the others remain as they were recorded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

Record = Mapping[str, Any]


class RoundSpec(NamedTuple):
    """How the rounds of a field are ordered and compared.

    `by` is its date, `team` who recorded it, and `result` the fields that the round is about, written with dots. In a blank round
    the field that `blank` names first has the second as its value, or none: it records nothing.
    """

    by: str
    team: str
    result: tuple[str, ...]
    blank: tuple[str, str] | None

    def is_blank(self, record: Record) -> bool:
        """Whether the round records nothing."""
        return self.blank is not None and record.get(self.blank[0], self.blank[1]) == self.blank[1]


class Rounds(NamedTuple):
    """Every round of a field in the order written, and the position of the one that holds."""

    records: tuple[Record, ...]
    holding: int


def holding(spec: RoundSpec, records: Sequence[Record]) -> int:
    """The position of the round that holds: the latest by date; blank rounds and those without a date come last."""
    return max(range(len(records)), key=lambda position: _order(spec, records[position]))


def rounds_of(values: Mapping[str, Any], field: str) -> tuple[Record, ...]:
    """Every round of a field in the values of a component; the only one where it is not a list."""
    several = values.get(rounds_key(field))
    if isinstance(several, Rounds):
        return several.records
    return (values[field],) if field in values else ()


def rounds_key(field: str) -> str:
    """The key of a component's values under which the rounds of a field are, if it has a list of them."""
    return f"{field} rounds"


def _order(spec: RoundSpec, record: Record) -> tuple[bool, bool, date]:
    recorded = record.get(spec.by)
    return not spec.is_blank(record), recorded is not None, recorded or date.min
