"""What happened to a record and who did it: versions, events in words, restoring, withdrawing, comments."""
