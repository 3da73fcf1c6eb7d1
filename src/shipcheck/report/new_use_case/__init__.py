"""What a template has written, one module a format."""
