"""Policies by the names that a user types."""

from shipcheck.english import did_you_mean, listed
from shipcheck.errors import UsageError
from shipcheck.model.policy import Plan, Policy


def select_policies(plan: Plan, names: tuple[str, ...]) -> tuple[Policy, ...]:
    """The policies asked for, all when none are named.

    Raises:
        UsageError: a name is no policy, or means several.
    """
    if not names:
        return plan.policies
    wanted = {find_policy(plan, name).name for name in names}
    return tuple(policy for policy in plan.policies if policy.name in wanted)


def find_policy(plan: Plan, name: str) -> Policy:
    """The policy with that full name, or with that id where it is unique.

    Raises:
        UsageError: there is none, or there are several.
    """
    found = [policy for policy in plan.policies if name in {policy.name, policy.id}]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{name}' can mean {listed([policy.name for policy in found])}; write one of them")
    known = [spelling for policy in plan.policies for spelling in (policy.id, policy.name)]
    hint = did_you_mean(name, known) or "; list them with 'shipcheck explain'"
    raise UsageError(f"no policy is called '{name}'{hint}")
