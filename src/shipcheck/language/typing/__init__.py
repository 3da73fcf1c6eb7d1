"""Names and types: a syntax tree to an expression whose meaning is settled."""
