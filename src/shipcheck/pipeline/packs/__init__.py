"""Packs, step by step: find one by name, read its files, verify committed bytes, assemble the packs in use."""
