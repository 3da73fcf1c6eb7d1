"""The files of a repository: a folder, the git index or a revision.

Takes a folder or a revision; returns paths and bytes, each file read once. Start: `manifests.find_manifests`. Step 4 of a check.

`source` is what every state has in common. `worktree` asks git for tracked files and untracked ones that are not ignored, or
lists a folder outside of git; `objects` reads the index and revisions without looking at the folder; `revisions` turns names
into commits. `git` is the one place that starts git, without anything of the repository's configuration that could run, fetch or
replace something. `manifests` decides which files are manifests. A file that looks like one and cannot be read (a symbolic link,
a submodule, an open merge conflict) is a problem, never silence. `governance_files` reads `.shipcheck/`, and reports files there
that nothing reads. `remote_address` is the address of the repository, without secrets.
"""
