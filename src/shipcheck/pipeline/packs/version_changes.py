"""What changes between two versions of a pack, policy by policy and parameter by parameter."""

from collections.abc import Iterator

from shipcheck.compare.declared_fields import fields_changed
from shipcheck.compare.governance import Governance, is_looser, weakened
from shipcheck.compare.strictness import STRICTER, strictness
from shipcheck.model.location import whole_file
from shipcheck.model.policy import Pack, Plan
from shipcheck.model.settings import Settings


def pack_changes(old: Pack, new: Pack) -> tuple[str, ...]:
    """A line for each policy that is added, removed or changed, and for each parameter with another value."""
    return (*tightened(old, new), *loosened(old, new))


def tightened(old: Pack, new: Pack) -> Iterator[str]:
    """A line for each policy that is added or only became stricter, and for each tightened parameter."""
    known = {policy.name: policy for policy in old.policies}
    for policy in new.policies:
        before = known.get(policy.name)
        if before is None:
            yield f"policy {policy.name} is added"
        elif strictness(before, policy) is STRICTER:
            yield f"policy {policy.name} is stricter than in {old.version}"
    for change in fields_changed(old, new):
        if not change.loosens:
            yield change.text(new.name) + (f" in {old.version}" if change.what else "")
    values = {parameter.name: parameter for parameter in old.parameters}
    for parameter in new.parameters:
        then = values.get(parameter.name)
        if then is not None and parameter.value != then.value and not is_looser(then, parameter.value):
            yield f"parameter {new.name}.{parameter.name} is {parameter.shown}, was {then.shown} in {old.version}"


def loosened(old: Pack, new: Pack) -> Iterator[str]:
    """A line for each policy that is removed or changed for anything but the stricter, and for each loosened parameter."""
    place = whole_file(new.name, new.name)
    before, after = (Governance(Settings(), Plan((pack,)), place, title=pack.version) for pack in (old, new))
    for result in weakened(before, after):
        for finding in result.findings:
            yield finding.message
