"""Edits of YAML text that keep every other byte, by the places of a document's nodes."""
