"""The output of `shipcheck baseline create`, one module a format."""
