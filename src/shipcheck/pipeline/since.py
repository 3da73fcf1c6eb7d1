"""Built-in policies that are newer than the version of shipcheck that the lock file records: these do not apply yet.

So a newer tool alone fails nothing. Once a change records its version, what these policies find is announced.
"""

from collections.abc import Mapping

from shipcheck.model.policy import Policy
from shipcheck.pipeline.prepare import Prepared
from shipcheck.versions import is_older

# The version that first had a policy, by the policy's name; those that are not here are in the first one.
SINCE: Mapping[str, str] = {}


def not_yet(prepared: Prepared) -> frozenset[str]:
    """The names of the policies and built-in rules that do not apply yet; without a lock file, all do."""
    if prepared.lock is None:
        return frozenset()
    tool = prepared.lock.tool
    return frozenset(name for name, version in SINCE.items() if is_older(tool, version))


def applying(policies: tuple[Policy, ...], prepared: Prepared) -> tuple[Policy, ...]:
    """The policies among these that apply."""
    later = not_yet(prepared)
    return tuple(policy for policy in policies if policy.name not in later) if later else policies
