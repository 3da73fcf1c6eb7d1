"""Who signed a pack: keys, signatures over its files, and the signatures that settings require."""
