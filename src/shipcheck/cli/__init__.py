"""The command line: click, argv and the environment are read only here."""
