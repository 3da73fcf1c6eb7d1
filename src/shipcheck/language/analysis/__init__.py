"""What is known about a policy without a manifest: constant conditions, unreachable targets, unused names."""
