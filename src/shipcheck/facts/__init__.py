"""Facts about the code that manifests name: files, symbols, owners.

Takes a `Graph` and the files of the source; writes facts into the values of its components. What cannot be determined is
unknown, and unknown never counts as true. Start: `collect.collect`. Step 12 of a check.

Facts are collected before policies are judged and cannot be declared. `symbols` looks a symbol up, in the syntax tree for Python
and by the patterns of `languages` otherwise; `code_owners` reads CODEOWNERS in the dialects of both forges. Nothing of the
repository is run or imported, and a file is opened only where a manifest names it and the source lists it as a regular file.
"""
