"""The output of `shipcheck pack show`, one module a format."""
