"""Fetching packs: from a source address to the bytes of a pack's files. Nothing here writes into a repository."""
