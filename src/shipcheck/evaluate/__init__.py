"""Which subjects fail which policy, and why: findings, witnesses, fixes.

Takes a `Plan`'s policies, a `Graph` and a date; returns `PolicyResult`s with explained `Finding`s. Pure: the same input gives
the same output. Start: `evaluate.Evaluator`. Step 13 of a check.

First who fails, then why, and why only for findings that are listed. `graph_view` is the graph as expressions see it; `compiler`
turns conditions into Python functions through `ast`, without builtins. `failures` finds failing subjects: `subjects` lists them,
`must_not_reach` and `must_reach` search paths, `gates` says which gates qualify. `meter` bounds the work.

`findings` builds findings: `reasons` finds the smallest parts of a condition that fail, `provenance` where a value comes from,
`hops` why each gate on a path does not count, `severity` the severity and its grounds, `fixes` the smallest change,
`minimum_cut` the fewest places where a gate clears several findings. `pair_explainer` answers `shipcheck why`, `observe` sees
clauses for policy tests, `controls` sums up by control.
"""
