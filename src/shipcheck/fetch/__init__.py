"""Packs from elsewhere; the only room that opens the network.

Takes an address and limits; returns the files of a pack in memory. Start: `fetch.fetch`.

`source_address` parses the address. Each kind of source is one file: `path`, `git_source`, `https`, `oci`, `package`. Nothing is
unpacked to a disk: `https` and `registry` read up to a limit of size and time (`deadline`), `archive` and `tar` read members
into memory and refuse what is not a regular file with a plain path, `git_source` fetches objects and never checks out.
"""
