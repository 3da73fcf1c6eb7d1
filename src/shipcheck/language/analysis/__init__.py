"""What can be said of a policy without a manifest: conditions that never vary, targets that cannot be reached, unused names."""
