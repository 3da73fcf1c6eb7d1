"""What keeps a pack from being released, one module a format."""
