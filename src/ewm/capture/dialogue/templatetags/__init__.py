"""Tags that show the questions of a record."""
