"""Example manifests solved from a policy, and templates for new files.

Takes a policy or a template; returns drafts of manifests, or files to write. Start: `example_builder.Examples`.

`solver` finds drafts in which a condition is certainly true or false, `shrink` removes what they do not need; `nearby` lists
manifests one edit apart. `policy_template` has the files of `policy new`, `pack_template` fills in the template of a pack. A
leaf: an import contract verifies that only the commands that create files use it.
"""
