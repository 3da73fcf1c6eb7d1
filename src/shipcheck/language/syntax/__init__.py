"""Text of a policy file to a syntax tree: keys, tokens and the grammar, each with its place in the file."""
