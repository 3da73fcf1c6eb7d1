"""Which subjects fail which policy, and why: findings, witnesses, fixes.

Takes a `Plan`'s policies, a `Graph` and a date; returns `PolicyResult`s with explained `Finding`s. Pure: the same input gives
the same output. Start: `evaluate.Evaluator`. Step 13 of a check.

First who fails, then why, and why only for the first findings; `meter` gives each policy a budget of its own. `graph_view` is
the graph as expressions see it, with a base in it by `head_and_base`. `compiler` turns conditions into Python functions through
`ast` (`ast_nodes`), without builtins, which call `operations`, and for long lists `long_lists`; `compiled_policy` and
`compiled_conditions` keep what is compiled. `failures` finds failing subjects: `subjects` lists them, `must_not_reach` and
`must_reach` search paths, `open_paths` lists those of a pair, `gates` says which gates qualify.

`findings` builds findings: `reasons` finds the smallest parts of a condition that fail, `fact_reasons` says which facts fail,
`provenance` where a value comes from, `display` how it is written, `hops` why each gate on a path does not count, `severity`
the severity and its grounds, `floor_reasons` why a field has more than is declared, `fixes` the smallest change, `drafts`
components to paste, `minimum_cut` the fewest places where a gate clears several findings. `pair_explainer` answers `shipcheck
why`, with `applicability` and `separating_gates`; `observe` sees clauses for policy tests, `controls` sums up by control.
"""
