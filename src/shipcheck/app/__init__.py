"""One file a verb: the straight path written out. Only app knows the order of the rooms."""
