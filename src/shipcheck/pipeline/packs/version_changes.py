"""What changes between two versions of a pack, policy by policy and parameter by parameter."""

from collections.abc import Iterator

from shipcheck.compare.governance import Governance, weakened
from shipcheck.compare.strictness import STRICTER, strictness
from shipcheck.model.location import whole_file
from shipcheck.model.policy import Pack, Plan
from shipcheck.model.settings import Settings


def pack_changes(old: Pack, new: Pack) -> tuple[str, ...]:
    """A line for each policy that is added, removed or changed, and for each loosened parameter."""
    return (*added_policies(old, new), *loosened(old, new), *_stricter(old, new))


def added_policies(old: Pack, new: Pack) -> Iterator[str]:
    """A line for each policy that only the new version has."""
    known = {policy.name for policy in old.policies}
    for policy in new.policies:
        if policy.name not in known:
            yield f"policy {policy.name} is added"


def _stricter(old: Pack, new: Pack) -> Iterator[str]:
    """A line for each policy that asks for more."""
    before = {policy.name: policy for policy in old.policies}
    for policy in new.policies:
        if policy.name in before and strictness(before[policy.name], policy) is STRICTER:
            yield f"policy {policy.name} is stricter than in {old.version}"


def loosened(old: Pack, new: Pack) -> Iterator[str]:
    """A line for each policy that is removed or changed for anything but the stricter, and for each loosened parameter."""
    place = whole_file(new.name, new.name)
    before, after = (Governance(Settings(), Plan((pack,)), place, title=pack.version) for pack in (old, new))
    for result in weakened(before, after):
        for finding in result.findings:
            yield finding.message
