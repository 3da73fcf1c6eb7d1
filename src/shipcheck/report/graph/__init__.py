"""The graph of a repository, one module a format."""
