"""Plan x Graph x date to Results: pure, so that the same input gives the same output."""
