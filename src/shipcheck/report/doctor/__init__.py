"""How a repository is wired to its checks, one module a format."""
