"""Output: `report/<verb>/<format>.py` renders one format of one command.

Takes a value of `model`; returns text: sorted, without a clock, in color only if asked. Start: `formats.FORMATS`. Step 17 of a
check.

`formats` is the registry of every command's formats; what is not in it does not exist, and tests iterate over it. Untrusted text
goes through `encode`, which has one encoder for each kind of output. `excerpt` shows source lines with marks, `underlines` says
what a finding underlines, `problems` shows problems, `style` has the colors, `sections` the titled sections of explanations,
`waiver_lines` a waiver in a list, `json_values` the values that JSON outputs share.
"""
