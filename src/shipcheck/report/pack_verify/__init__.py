"""The output of `shipcheck pack verify`, one module a format."""
