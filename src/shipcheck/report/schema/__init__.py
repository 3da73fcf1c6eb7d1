"""The output of `shipcheck schema`."""
