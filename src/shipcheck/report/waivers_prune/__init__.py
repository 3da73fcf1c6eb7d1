"""The output of `shipcheck waivers prune` and `shipcheck baseline prune`, one module a format."""
