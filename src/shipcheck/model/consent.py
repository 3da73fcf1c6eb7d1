"""A consent: which edit of a component or of a file of governance is agreed to, by whom, why, and until when."""

from dataclasses import dataclass
from typing import Literal

from shipcheck.model.edit import Edit
from shipcheck.model.location import Location
from shipcheck.model.waiver import Terms

# The state of a consent in one run: it waits for its edit; it covers what the edit causes; the head makes the edit and still has
# it; it is in the head alone, and can be used after the merge; it is expired; its teams cannot agree to anything in the base; it
# matches no edit of the change that took it out, or none that can still be made.
ConsentState = Literal["ready", "used", "kept", "proposed", "ended", "refused", "unused"]


@dataclass(frozen=True, slots=True)
class Consent:
    """An edit that is agreed to, with the terms."""

    edit: Edit
    terms: Terms
    location: Location


@dataclass(frozen=True, slots=True)
class JudgedConsent:
    """The state of a consent, and why, as a clause that follows its name."""

    consent: Consent
    state: ConsentState
    note: str
