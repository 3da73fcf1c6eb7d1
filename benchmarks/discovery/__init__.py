"""What `discover.py` and `discover_speed.py` are made of: truths, clones, findings, scores, rivals and tables."""
