"""Linked components as integers: paths, cycles, cuts, derived values.

Takes linked components; returns nodes, edges, paths, cycles and cuts as integers. Start: `graph.Graph`.

Everywhere in this room a component is a `Node` and a declared link an `EdgeNumber`, both plain integers (`graph.py`). A search
runs over an `Adjacency`, the hops that one choice of links allows; a path is a sequence of `GraphHop`, tuples of integers.

`adjacency` has these hops. `search` finds paths past gates, `forward` those from one start to many targets, `pair_counts` how
many pairs they join, `through` paths that pass something, `between` every open path of a pair, `escapes` paths that never reach
a target, `nearest` what is near, `cycles` cycles, by `strongly_connected` sets. `flow` computes derived values, `origins` where
one comes from, `floors` the least values of fields, by tests that `holds` asks, `cuts` a minimum cut, with networkx, which is
loaded only then. `pairs` finds which component of another graph each one was, `reduced` leaves links out.
"""
