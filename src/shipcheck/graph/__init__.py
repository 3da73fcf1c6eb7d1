"""The compact integer graph and its searches."""
