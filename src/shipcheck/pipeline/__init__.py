"""The steps that commands share: prepare, load, judge, compare, waive, report.

Takes a folder or a request and what earlier steps returned; a step returns a frozen value, with its problems in it. Start:
`prepare.prepare`. Step 3 of a check.

In the order of a check: `state` opens the worktree, the index or a revision; `prepare` reads settings, waivers and packs, `roots`
those of a root below the top of its repository; `load` reads, validates and links manifests, `read_manifests` in several
processes where they are many, and adds facts; `unread` finds what looks like shipcheck's and is read by nothing, `own_packs` says
which folders belong to packs; `judge` runs every policy. Only with a base: `base` reads the base and the merge base, and
`compare` judges the head by the rules of both, so that the head can only add findings; `consents` decides what rests on edits
that the base agrees to. `comparison` holds both results and says which plans are in force, and `since` which built-in policies
are newer than the lock file. Then `upstream_findings` leaves out what only the authors of a pack can fix, `apply_waivers` waives,
`assemble_report` builds the report, and `narrow` keeps the part of it that was requested.

Outside this path, `discovery` finds the components that are in code, and what of the repository that covers: `look_at_code` has
the engine look for what the `detectors` know;
`deciding_branches` reads which branches may be a base, `bundled` loads the vocabulary and catalogues,
`provided` reads what packs provide, `lookup` finds policies and components by name, `editing` locks a repository for one edit,
`settings_edit` adds a pack to the settings, `pack_with_tests` and `fixtures` prepare policy tests.
"""
