"""The report of `shipcheck check`, one module a format."""
