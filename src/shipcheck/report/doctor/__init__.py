"""The output of `shipcheck doctor`, one module a format."""
