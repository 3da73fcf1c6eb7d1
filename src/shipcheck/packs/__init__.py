"""Where the bytes of packs are found: built in, or the repository's own local pack."""
