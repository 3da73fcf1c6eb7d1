"""What the files of CI services, hooks and code owners say about whether the check runs, and whether its failure counts."""
