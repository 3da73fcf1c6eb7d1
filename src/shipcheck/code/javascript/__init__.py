"""The front end for JavaScript, TypeScript, JSX and TSX, by tree-sitter.

Takes the bytes of a file; returns a `Form`. Start: `front.read_javascript`.

`front` joins the tables of converters that the other modules have, each from a kind of node to the function that reads it;
`node_reader` dispatches by them, makes bodies lazy and limits depth. `grammars` loads a grammar when the first file of its kind
is read. `chains` reads names, members and calls; `operator_forms`, `literals`, `records` and `jsx` read other expressions,
`type_forms` types, and `statements`, `functions`, `classes` and `imports` the rest.
"""
