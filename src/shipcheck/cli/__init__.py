"""The command line: options, the environment, colors and exit codes.

Takes argv and the environment, which are read only here; prints a report and exits with an `ExitCode`. Start: `entry.main`. Step
1 of a check.

`entry` answers `--version` without importing anything. `run` is the one place that turns exceptions into exit codes. `commands`
lists every command, and `group` loads the module of the one that is named, so that a command loads no other. A command's file
turns its options into a request, calls the command's file in `app`, and prints the result through `report.formats`. `outputs`
decides which reports a check writes and where, by the command line or by the CI service of the run; `deliver` renders all of
them before it writes the first. `place` is what PATH and `--root` mean, `ci_base` what `--base auto` reads.
"""
