"""shipcheck: policy-as-code governance for AI."""

__version__ = "0.1.0"
