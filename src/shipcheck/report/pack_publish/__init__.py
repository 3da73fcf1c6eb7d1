"""The output of `shipcheck pack publish`, one module a format."""
