"""Manifests validated field by field, driven by the vocabulary.

Takes a `Document`; returns a `Manifest` of components, or every problem of the file at once. Start: `manifest.ManifestValidator`.
Step 10 of a check.

The field decides the type of a value; YAML's own guess is never used. `values` checks single values, `structures` lists,
records, maps and link items, `examples` writes the whole right value for a wrong one, and `sheet` collects the problems.
"""
