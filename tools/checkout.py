"""Run shipcheck as it is in this checkout, without installing it; its dependencies have to be there.

Usage: python tools/checkout.py ARGUMENTS
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from shipcheck.cli.entry import main

if __name__ == "__main__":
    main()
