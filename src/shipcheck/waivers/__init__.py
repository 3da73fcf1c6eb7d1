"""Waivers and consents: read, checked against their terms, and matched with findings and edits.

Takes the waivers document; returns `Waiver`s, and which finding each waives. Start: `match.match_waivers`. Step 15 of a check.

`read_waivers` has its own validator instead of a JSON Schema, since a baseline has thousands of items. `terms` checks owners,
approvers and last days against the graph. `match` is the one place that decides what is waived, for every command and output, and
`consent_states` the one that decides which consents are used.
"""
