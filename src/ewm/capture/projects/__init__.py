"""Projects that a cluster management supports."""
