"""The output of `shipcheck waivers list`, one module a format."""
