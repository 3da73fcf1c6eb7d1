"""Facts about the code that manifests name: files, symbols, owners.

Takes a `Graph` and the files of the source; writes facts into the values of its components. What cannot be determined is
unknown, and unknown never counts as true. Start: `collect.collect`. Step 12 of a check.

Facts are collected before policies are judged and cannot be declared. `about` collects the facts of one location. `symbols`
looks a symbol up among the `defined_names` of a file, which come from the form that the room `code` gives it, or says why it is
unknown. `content` tells code from documents, tests and what never runs; for Python, `python_content` judges every name that
a file binds, with the bindings of a scope (`python_scope`) and what a function does (`python_idle`).
`code_owners` finds the owner of a file: `owner_rules` reads CODEOWNERS in the dialects of both forges, `owner_patterns` matches
paths. `code_left` looks for code of a base anywhere. `tree` is the files that facts see. Nothing of the repository is run or
imported, and a file is opened only where a manifest names it and the source lists it as a regular file.
"""
