"""One file per command: its steps, as a recipe.

Takes a request; returns a value of `model` that `report` renders. Start: `check.examine`. Step 2 of a check.

Only a command knows the order of steps. What several commands do is a step in `pipeline`; `waivers_file` is the edit that
`waive`, `baseline` and `waivers prune` share.
"""
