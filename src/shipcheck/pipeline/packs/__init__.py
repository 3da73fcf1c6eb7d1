"""The packs of a repository: find, read, verify, assemble.

Takes the settings and the lock file; returns the packs in use, compiled. Start: `assemble.assemble`.

`find` resolves a name that a user types, `read` reads a pack with the packs that it extends, `verify` compares committed packs
with the lock file and the required signatures before anything of them is used, `assemble` follows the settings to all packs in
use. `candidate` is a pack that is not in use yet, for `pack add` and `pack publish`; `version_changes` is what another version
tightens and loosens.
"""
