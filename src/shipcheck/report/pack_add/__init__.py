"""The output of `shipcheck pack add`, one module a format."""
