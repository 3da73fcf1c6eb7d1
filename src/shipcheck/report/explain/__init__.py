"""A policy explained, one module a format."""
