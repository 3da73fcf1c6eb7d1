"""Forms of claims."""

from insurer import Claim, policies


def own_claim(claim: Claim) -> bool:
    """Whether the claim belongs to a policy of its sender."""
    return claim.policy in policies.of(claim.sender)
