"""Base and head: introduced findings, changes, looser rules. Only with `--base`.

Takes the graphs, results, settings, plans and waivers of both; returns `Change`s and the results of built-in rules. Start:
`introduced.mark`. Step 14 of a check.

`introduced` unites the findings of several judgements and marks them; `touched` says which of them cannot be announced,
`settled` which the tip of the base has as well. `components` compares the components that belong together: `graph_changes`
lists those that are new, removed and renamed, and links; `field_changes` lists changed fields, which `weaker` compares, and
finds those that weaken; `lost_links` finds links and gates that are missed; `derived` finds derived values that fall; `people`
finds people who should not decide; `gone` finds what left the manifests while its code is there; `gravity` says how severe a
weakening is. `made_edits` names every edit as consents do, with the texts of `whole`, and `mixed` makes some of them and no
others. `proposed` lists waivers and consents that the base does not have. `governance` finds loosened parameters, severities,
settings and policies, and fields of packs with `declared_fields`; `strictness` compares the text of policies;
`governance_changes` lists all that differs in them;
`file_owners` finds files that others may approve; `hidden` finds components that are still declared where nothing is read.
`rewritten` finds decisions and scores that changed after they were recorded. `rules` has the built-in policies whose findings
these are.
"""
