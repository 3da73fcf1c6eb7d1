"""The sources of a repository's files: a folder, the index or a revision."""
