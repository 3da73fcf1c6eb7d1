"""A manifest, policy or settings file is malformed: a value, with a place."""

from dataclasses import dataclass, field

from shipcheck.model.location import Location

# A file with more problems than this is not listed to the end: whoever mends it checks again anyway, and hostile input
# must not cost minutes of looking for near names.
MAX_PROBLEMS = 200


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One complaint about an input file.

    `code` is stable and kebab-case (or a P-code for policies); `related` holds the other places involved, each with a label.
    """

    location: Location
    code: str
    message: str
    related: tuple[tuple[Location, str], ...] = field(default=())
