"""The output of `shipcheck waive`, one module a format."""
