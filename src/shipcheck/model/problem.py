"""A malformed manifest, policy or settings file: a value, with a place."""

from dataclasses import dataclass, field

from shipcheck.model.location import Location

# A file with more problems than this is not listed completely: its author will check again anyway, and hostile input must not
# cost minutes of searching for near names.
MAX_PROBLEMS = 200


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem in an input file.

    `code` is stable and kebab-case (or a P-code for policies); `related` holds the other places involved, each with a label.
    """

    location: Location
    code: str
    message: str
    related: tuple[tuple[Location, str], ...] = field(default=())
