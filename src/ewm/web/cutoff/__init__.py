"""The cut-off: freeze the records as a snapshot, and see which numbers moved."""
