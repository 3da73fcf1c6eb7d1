"""The results of policy tests, one module a format."""
