"""Findings by cause, and the first screen of a report.

Takes the findings of a report in their order, and returns a `Screen`. Nothing here decides whether a check fails: every finding
keeps its severity, its status and its fingerprint. Start: `screen.screen_of`. Step 16 of a check.

`asks` tells which finding asks for which undeclared field, and so which findings wait for it. `group` makes blocks and causes,
`titles` names them, and `screen` puts them in order and chooses the gravest and the first step.
"""
