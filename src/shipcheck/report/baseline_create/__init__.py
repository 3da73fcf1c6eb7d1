"""The output of `shipcheck baseline create` and `shipcheck baseline extend`, one module a format."""
