"""Packs to a `Plan`: parameters, selectors, policies, and what packs change in each other.

Takes the documents of packs and the settings; returns a `Plan`, or problems. Start: `pack.compile_plan`.

`head` reads what a pack says of itself, `read_fields` the fields that it adds to kinds; `policies` puts one policy together from
its `subject`, `verbs` and severity `ladder`.
`overrides` works out the value in effect of each parameter and severity, in any order of the packs that tighten it;
`softenings` what a pack loosens. `extends` verifies that packs fit each other, `catalogues` reads the catalogues of controls.
`review` and `usage` warn of what compiles and is doubtful, for `policy check` alone.
"""
