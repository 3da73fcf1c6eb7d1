"""One file a command. A command puts the steps of the pipeline in order."""
