"""The CI setup of a repository: does the check run, and does its failure count?

Takes the files of CI services, hooks and CODEOWNERS; returns answers to audits. Start: `examine.examine`.

`audits` lists the audits. `workflow_files` says where the files are; `github_actions`, `gitlab_ci`, `azure_pipelines` and
`hooks` look for runs of the check in them, and `runs` and `nodes` have what they share. `shell_parser` reads plain commands and
calls everything else unclear, `masked_exit_code` says whether a failing command fails its script, `pins` whether versions are
fixed, `own_code` whether code of the pull request can run instead, `compared` whether all of it is judged against its target,
`owners` whether CODEOWNERS guards the rules. A leaf: an import contract verifies that nothing but its command uses it.
"""
