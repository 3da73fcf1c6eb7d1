"""Validation, driven by the vocabulary: Document to Manifest, with every problem of the file at once."""
