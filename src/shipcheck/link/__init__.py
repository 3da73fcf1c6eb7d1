"""References resolved: manifests to a graph.

Takes `Manifest`s, sorted by reference so that the number of a node orders as its name does; returns a `Graph`, or problems with
both places. Start: `link.link`. Step 11 of a check.

`references` resolves names and namespaces: dangling, duplicate, ambiguous, of the wrong kind. `partial` links the manifests of
an earlier commit, and leaves out what is wrong with them. `as_seen_by` gives manifests as another revision has
them, which declares fields of packs otherwise.
"""
