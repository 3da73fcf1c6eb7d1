"""What `shipcheck policy example` prints."""

from dataclasses import dataclass

from shipcheck.model.policy import Policy


@dataclass(frozen=True, slots=True)
class PolicyExample:
    """A failing and a passing manifest of one policy; an empty one could not be built, for the reasons in `unsolved`."""

    policy: Policy
    fails: str
    passes: str
    unsolved: tuple[str, ...]
