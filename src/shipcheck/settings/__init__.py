"""The repository's settings: a document to Settings, validated against its JSON Schema."""
