"""What checking packs has found, one module a format."""
