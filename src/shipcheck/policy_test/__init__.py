"""Policy tests: what they say, what was found, and the mutants that show how much they notice."""
