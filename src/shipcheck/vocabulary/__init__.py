"""Kinds, fields, choices, links and flows, from `schemas/vocabulary.yaml`.

Takes the data of that file; returns a frozen `Vocabulary`. Start: `build.build`.

Nothing else names a field: validation, the type checker, the schema for editors and the reference pages are built from it.
`vocabulary` has the values, `derivations` builds flows and floors, `extended` adds the fields of packs, `names` has the
patterns of names and references.
"""
