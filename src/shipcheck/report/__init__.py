"""Report to bytes, one file a format: sorted, no clock, no colour unless asked."""
