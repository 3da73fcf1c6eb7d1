"""Why a git command failed, from what git says."""

_OWNERSHIP = "safe.directory"


def failure(lines: list[str]) -> str:
    """The first line of git's message, and the command that git advises for a repository of another user."""
    advice = next((line.strip() for line in lines if _OWNERSHIP in line), "")
    reason = lines[0] if lines else "no reason given"
    return f"{reason}; if you trust it, run '{advice}'" if advice else reason
