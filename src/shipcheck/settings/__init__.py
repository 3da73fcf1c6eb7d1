"""The repository's settings: a document to Settings, checked by its JSON Schema."""
