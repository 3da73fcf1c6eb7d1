"""Policy tests: cases, clause coverage and mutants.

Takes the files of a pack's tests and its policies; returns cases, and what they cover and detect. Start: `read_tests.collect`.

`annotations` reads fixtures with `# expect:`, `comments` finds the comments; `tables` and `edits` read case tables, `read_tests`
puts them together; `expectations` compares findings with what a case expects. `clause_list` and `unknowns` list the clauses and
the values that each can have, `coverage` which were seen. `mutants` and `mutation_operators` change the typed tree of a policy,
never its text. `requirements` is the least that tests need, `policy_places` finds a clause in its file, `tally` sums up a pack.
`app/policy_test.py` runs the cases and the mutants.
"""
