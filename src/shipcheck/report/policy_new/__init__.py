"""The output of `shipcheck policy new`, one module a format."""
