"""Policies explained in full, one module a format."""
