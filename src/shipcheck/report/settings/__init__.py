"""The settings in force, one module a format."""
