"""libyaml's parser, which PyYAML has only where it was built with it."""

from shipcheck.errors import UsageError

try:
    from yaml._yaml import CParser
except ImportError as error:
    raise UsageError(
        "PyYAML is installed without libyaml, and its two parsers disagree; install a PyYAML wheel that has it"
    ) from error

__all__ = ["CParser"]
