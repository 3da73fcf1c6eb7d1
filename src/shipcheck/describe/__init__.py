"""Generated English: policies as sentences, conditions as clauses of findings.

Takes typed expressions, selectors and policies; returns plain English. Start: `sentences.policy_in_english`.

`nouns` names field paths and constants by the vocabulary's `says`, `clauses` makes clauses of conditions, `sentences` of whole
policies; `bound_names` and `verb_forms` have the words for both. Findings use the same clauses through `conditions` and
`finding_clauses`, with fields as they are written. `reads` finds what a policy looks at, `undeclared` what happens to
undeclared values, `cost` what it costs.
"""
