"""Text of a policy file to a syntax tree: keys, tokens and the grammar.

Takes a node of a pack file; returns a `Tree`, in which each part has its place in the file. Start: `grammar.parse_condition`.
"""
