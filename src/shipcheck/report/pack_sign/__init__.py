"""The output of `shipcheck pack sign`, one module a format."""
