"""Packs to a `Plan`: parameters, selectors, policies, and what packs change in each other.

Takes the documents of packs and the settings; returns a `Plan`, or problems. Start: `pack.compile_plan`.

`head` reads what a pack says of itself, `policies` puts one policy together from its `subject`, `verbs` and severity `ladder`.
`overrides` works out the value in effect of each parameter and severity, whatever the order of the packs that tighten it;
`softenings` what a pack loosens. `extends` verifies that packs fit each other. `review` and `usage` warn of what compiles and is
doubtful, for `policy check` alone.
"""
