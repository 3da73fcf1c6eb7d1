"""Getting packs: a source by its address to the bytes of a pack's files. Nothing here writes into a repository."""
