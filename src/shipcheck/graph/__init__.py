"""The linked components as a compact integer graph, and the searches over it.

Everywhere in this room a component is a `Node` and a declared link an `EdgeNumber`, both plain integers (`graph.py`). A search
runs over an `Adjacency`, the hops that one choice of links allows; a path is a sequence of `GraphHop`, tuples of three integers.
"""
