"""Base and head: introduced findings, changes, looser rules. Only with `--base`.

Takes the graphs, results, settings, plans and waivers of both; returns `Change`s and the results of built-in rules. Start:
`introduced.mark`. Step 14 of a check.

`introduced` unites the findings of several judgements and marks them. `components` compares the components that belong together:
`graph_changes` lists those that are new, removed and renamed, and links; `field_changes` lists changed fields, which `weaker`
compares, and finds those that weaken; `gone` finds what left the manifests while its code is there; `rewritten` finds decisions
and scores that changed after they were recorded.
`governance` finds loosened parameters, severities, settings, policies and waivers, but not what is `stricter`; `hidden`
finds components that are still declared where nothing is read. `rules` has the built-in policies whose findings these are.
"""
