"""Policy tests: cases, clause coverage and mutants.

Takes the files of a pack's tests and its policies; returns cases, and what they cover and detect. Start: `read_tests.collect`.

`annotations` reads fixtures with `# expect:`, `tables` and `edits` read case tables; `expectations` compares findings with what
a case expects. `clause_list` and `unknowns` list the clauses and the values that each can have, `coverage` which were seen.
`mutants` and `mutation_operators` change the typed tree of a policy, never its text. `tally` puts the results of a pack
together. `app/policy_test.py` runs the cases and the mutants.
"""
