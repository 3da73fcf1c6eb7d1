"""Packs in use, one module a format."""
