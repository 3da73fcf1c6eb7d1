"""Names and types: a syntax tree to a typed expression."""
