"""The difference between two versions of a pack, one module a format."""
