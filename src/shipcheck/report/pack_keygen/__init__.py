"""The output of `shipcheck pack keygen`, one module a format."""
