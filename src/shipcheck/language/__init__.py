"""The policy language: packs to a `Plan`, before any manifest is judged.

Takes the documents of packs and the settings; returns a `Plan` of typed, frozen trees, or problems with P-codes. Start:
`compile.pack.compile_plan`. Step 9 of a check.

In one direction: `syntax` parses text, `typing` gives names a meaning and parts a type, `analysis` finds conditions and paths
that cannot be, `compile` puts policies and packs together. A `Plan` has everything that `evaluate` needs; text is kept only to
be shown.
"""
