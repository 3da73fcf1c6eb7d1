"""Frozen values that rooms hand to each other.

One file per value: `document`, `component`, `expression`, `policy`, `finding`, `problem`, `screen`, `report`, `waiver`, `limit`,
and one per command whose result no other command has. Start: `report.Report`.

`report` also puts findings in their order, which is the same in every output.
"""
