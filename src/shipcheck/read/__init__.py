"""The strict YAML reader: bytes to Document, every key and value with its line and column."""
