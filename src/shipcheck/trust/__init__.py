"""Who signed a pack: keys, signatures over its files, and what the settings of a repository ask for."""
