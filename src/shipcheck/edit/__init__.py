"""Edits of YAML text that keep every other byte.

Takes a text and the nodes of its document; returns the new text, or raises `CannotEditError`. Start: `lists.with_items`.

The caller reads the new text again, and compares what it means with what it should mean, before it is written.
"""
