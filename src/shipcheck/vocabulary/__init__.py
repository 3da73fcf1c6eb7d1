"""Kinds, fields, choices, links and flows, from `schemas/vocabulary.yaml`.

Takes the data of that file; returns a frozen `Vocabulary`. Start: `build.build`.

Nothing else names a field: validation, the type checker, the schema for editors and the reference pages are built from it.
`vocabulary` has the values, `names` the patterns of names and references; `derivations` builds flows and floors, in order.
"""
