"""The output of `shipcheck policy example`, one module a format."""
