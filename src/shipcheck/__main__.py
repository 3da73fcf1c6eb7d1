"""`python -m shipcheck`."""

from shipcheck.cli.entry import main

main()
