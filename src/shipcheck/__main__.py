"""`python -m shipcheck`."""

from shipcheck.cli.entry import main

if __name__ == "__main__":  # a helping process loads this file too, under another name
    main()
