"""Policy tests: their content, their results, and the mutants that measure what they detect."""
