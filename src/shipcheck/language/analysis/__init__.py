"""What is known of a policy without a manifest.

Takes expressions and the vocabulary; returns whether a condition can be true or false at all, and what links can reach. Start:
`possible.is_possible`.

`normal` finds policies that are written differently and mean the same, `optional_fields` rules that one avoids by deleting a
field.
"""
