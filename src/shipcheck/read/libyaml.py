"""libyaml's parser, which PyYAML has only if it was built with it."""

from shipcheck.errors import UsageError

try:
    from yaml._yaml import CParser
except ImportError as error:
    raise UsageError(
        "PyYAML is installed without libyaml, which shipcheck needs; install a PyYAML wheel that includes libyaml"
    ) from error

__all__ = ["CParser"]
