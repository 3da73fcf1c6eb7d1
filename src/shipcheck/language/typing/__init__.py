"""Names and types: a syntax tree to an `Expression`.

Takes a `Tree` and the `Scope` of its names; returns an `Expression` whose every part has a type, or a problem. Start:
`typer.Typer`.

`field_paths` resolves `owner.active`, `comparisons` gives bare words their meaning, `elements` types quantifiers and aggregates,
`parameters` reads the parameters of a pack and what tightens them. `reader` does all that for the parts of one pack, and
collects what is wrong.
"""
