"""Where the bytes of packs are: built in, committed, or the repository's own local pack."""
