"""Settings and lock file, validated against JSON Schemas.

Takes a `Document`; returns `Settings` or a `Lock`, or problems. Start: `read_settings.read_settings`. Step 6 of a check.

`shape` turns what jsonschema reports into problems with lines and plain words; it is loaded only where there is such a file.
"""
