"""Asks the developer at the keyboard before a configuration file changes."""

from pathlib import PurePosixPath

GUARDED = (".cursor", ".vscode", ".git")


class Refused(Exception):
    """The developer did not approve the change."""


def approve_change(path, old, new, prompt):
    """Show the change of a configuration file and wait for a yes; in a run without a terminal the change is refused."""
    if not set(PurePosixPath(path.lower()).parts) & set(GUARDED):
        return
    if prompt is None or prompt(f"Change {path}?", old, new) != "yes":
        raise Refused(path)
