"""The AI components in code and files, found by detectors.

Takes the files of a repository and documents of detectors; returns components with links, gate candidates and effects, and
what of the repository that covers. Start: `engine.Engine`.

Detectors: `read_detector` gives a `Detector` (`rule`) from its document: `read_rule` reads a rule about code and
`read_file_rule` one about files; `read_take`, `read_graph`, `read_conditions`, `read_examples`, `read_places` and
`read_callables` read their parts, all through `detector_keys`. `compiled` is the form in which the built-in ones are loaded.
`code_examples` and `file_examples` run their examples. `match_callable` says which rules are about a callable, and
`rule_index` has those of all detectors; `wildcards` and `globs` match names and paths.

Code: `starts` chooses the files to read, with what `handed_on` and `shared_lists` find in other modules. `finder` looks at
each place of a module; `registrar` adds what a rule finds as `sightings`, from an `occurrence` of it that passes
`argument_tests`; `branches` reads functions that branch on a name, `factories` those that make components for their callers,
and `model_texts` texts that name a model. `linker` follows links (`plain_values` says what a value becomes, `candidates`
reads gates), `graphs` reads builders, and `bodies` what bodies do.

Files: `file_rules` finds what rules say about files: `parse_files` reads these with places (`read_json`, `read_toml`), and
`items` finds values in them; `take_files` joins what they name with what code makes. What was found leaves through `publish`,
as values without secrets: `kept_values` and `condition_text` decide what may be shown, and `only_add` keeps what the built-in
detectors found from being changed.

What the answer covers: `path_coverage` counts every path, by what `file_kinds` says of names; `frameworks` names imported
ones that no detector knows, `aside` what is in tests and examples, `reach` what code elsewhere uses of it, and `gaps` what
the settings do not allow. `entries` finds what is started from outside: `entry_places` has where files say so, `line_entries`
reads those without a structure, `command_words` the words of commands, and `tree_paths` resolves paths in the list of paths.
"""
