"""The policies that compare what the policy language cannot name: settings and policies themselves."""

from typing import NamedTuple


class Rule(NamedTuple):
    """What `shipcheck explain` says about one of them."""

    name: str
    title: str
    why: str
    fix: str


SETTINGS = Rule(
    "core/change-settings",
    "No setting asks less than in the base",
    "A pack left out, a parameter loosened or a pattern narrowed takes away what is checked, and looks like any other edit.",
    "Have whoever answers for the settings agree; what the base asks counts until this is merged.",
)
POLICY = Rule(
    "core/change-policy",
    "No policy of the repository is gone or asks something else than in the base",
    "A policy that is softened in the pull request that it would stop stops nothing.",
    "Have whoever answers for the policies agree; what the base asks counts until this is merged.",
)
HIDDEN = Rule(
    "core/change-hidden",
    "No component of the base is moved to where no manifest is read",
    "A manifest that is moved to a place that the settings ignore is judged by nobody, though all of it is still there.",
    "Move the manifest back, or delete the component where it is gone for good.",
)
RULES = (SETTINGS, POLICY, HIDDEN)
