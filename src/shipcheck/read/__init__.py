"""The strict YAML reader: every key and value with its line and column.

Takes the bytes of a file; returns a `Document`, or `Problem`s. Start: `parse.parse`. Step 5 of a check.

`decode` turns bytes into text and refuses `marks` that no file may contain; `libyaml` is its parser. Two ways lead to the same
tree. `fast_parse` reads an ordinary file; libyaml recurses there, so only text that cannot nest deeply is read so. Everything
else is built from libyaml's events in `parse`, which counts depth as they arrive, and refuses tags, anchors, aliases, merge
keys, duplicate keys and further documents. Tests verify that both give the same tree. `syntax_errors` says what is wrong with
text that is not YAML, and what to write, from the characters around the place (`spots`); `adjacent` finds what only libyaml
takes for YAML. `beginning` tells whether a file begins as a manifest. `tolerant` and `toml` read the files of CI services and
hook runners, for `doctor` alone.
"""
