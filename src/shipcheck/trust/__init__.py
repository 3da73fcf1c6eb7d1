"""Signatures of packs: keys, what is signed, what settings require.

Takes the files of a pack and the `trust` of the settings; returns the key that signed, or raises. Start: `signatures.verify`.
Step 8 of a check.

`statement` is what a signature says of the files, `envelope` how it is signed (DSSE), `signing_keys` makes and uses Ed25519
keys.
"""
