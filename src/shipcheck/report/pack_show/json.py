"""What a pack says of itself and what it holds, as JSON: an array with the same object as `pack list` writes."""

from shipcheck.report.pack_list.json import render

__all__ = ["render"]
