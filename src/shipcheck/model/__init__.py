"""Frozen values that the rooms hand to each other; no behaviour beyond derived properties."""
