"""What a user sends to us when shipcheck itself is wrong; loaded only then, since a run that ends well needs none of it."""

import platform
import traceback

from shipcheck import __version__


def described(error: Exception) -> str:
    """The versions, and what was raised where, in our own words and without a traceback."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.replace(chr(92), '/').rpartition('shipcheck/')[2]}:{frame.lineno} in {frame.name}"
    return (
        "shipcheck: internal error, not caused by you; nothing was judged. Please report these lines:\n"
        f"  shipcheck {__version__}, Python {platform.python_version()}, {platform.system()}\n"
        f"  {type(error).__name__} at {place}\n"
        f"  {error}"
    )
