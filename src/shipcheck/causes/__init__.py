"""Findings by cause, and the first screen of a report.

Takes the findings of a report in their order, and returns a `Screen`. Nothing here decides whether a check fails: every finding
keeps its severity, its status and its fingerprint. Start: `first_screen.screen_of`. Step 16 of a check.

`placing` tells which finding asks for which undeclared field, which findings wait for it, and what else findings share.
`grouping` makes blocks and causes of them, `titles` names these, and `first_screen` puts them in order and chooses the most
severe findings and the first step.
"""
