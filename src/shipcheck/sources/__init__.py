"""Where the bytes of a repository come from."""
