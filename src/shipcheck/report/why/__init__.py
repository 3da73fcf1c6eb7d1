"""Why one component reaches another or does not, one module a format."""
