"""Source code as values, read and never run: what a name, a call or a list in it may be worth.

Takes the files of a repository; answers questions about expressions. Start: `resolver.Resolver`. It names no framework, and
only the front ends name a language.

`repository` parses a file when it is first asked for, within `limits`, by the front end of its extension: `python_ast`, or
`python_tree` where that fails, and `javascript`. Each gives the intermediate `form`, with its `blocks` and `module_form`;
`children` are the parts of a node. The front end by `ast` has its `python_ast_expressions` and `python_ast_patterns`; the one
by tree-sitter reads `python_tree_core`, `python_tree_expressions`, `python_tree_nodes`, `python_tree_operators`,
`python_tree_parameters`, `python_tree_patterns`, `python_tree_simple`, `python_tree_statements` and `python_tree_texts`; both
share `python_parts`, and `bounded_parse` keeps a parser from taking too long.

`bindings` reads what one body binds and changes, `scopes` is where names are looked up, and `possible_values` is what an
expression may be worth. `resolver` has the fuel and the memory; `expressions` evaluates, and `looked_up`, `modules` (with
`python_imports` and `javascript_imports`), `members`, `calls` (with `arguments`, `known_calls`), `containers`, `changes`,
`loop_rounds` and `decided_tests` are its parts, which know it as `asking`. `sites` goes through the places where something
may be found, `walk` through the calls of a body.
"""
