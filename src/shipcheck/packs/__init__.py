"""The files of packs, and whether they match the lock file.

Takes folders, and the bytes of committed packs; returns the files of a pack, or problems. Start: `pack_files.pack_files`. Step 7
of a check.

`integrity` compares committed packs with the lock file, file by file; `rollback` compares the lock file with that of the base,
so that no pack goes back to an older version. `store` writes and removes committed packs, and refuses links on the way.
`tree_limits` says which files a pack may have, `digest` what identifies them, `test_files` where its tests are.
"""
