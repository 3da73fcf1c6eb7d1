"""Files that hold what is printed, to the letter. SHIPCHECK_REWRITE=1 writes them anew; then read them before committing them."""

import os
from pathlib import Path


def compare(expected: Path, printed: str) -> None:
    """Hold what is printed against the file, or write the file anew."""
    if os.environ.get("SHIPCHECK_REWRITE"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(printed, "utf-8")
    assert printed == expected.read_text("utf-8")
