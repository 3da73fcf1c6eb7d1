"""The output of `shipcheck waivers check`, one module a format."""
