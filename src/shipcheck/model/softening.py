"""A pack loosens another pack that it extends."""

from dataclasses import dataclass, field
from datetime import date

from shipcheck.model.location import Location


@dataclass(frozen=True, slots=True)
class Softening:
    """What `pack` loosens, until that date, which is included.

    `what` is the full name of a policy, or `PACK.NAME` of a parameter; `to` is a severity, `drop`, or a parameter's value.
    """

    pack: str
    what: str
    is_parameter: bool
    to: str
    reason: str
    approver: str
    until: date
    location: Location = field(compare=False)

    @property
    def shown(self) -> str:
        """The effect as a clause: `core/ungated is at most warning`."""
        if self.is_parameter:
            return f"{self.what} is {self.to}"
        return f"{self.what} is not judged" if self.to == DROP else f"{self.what} is at most {self.to}"


DROP = "drop"
