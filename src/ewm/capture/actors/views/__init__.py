"""Pages about actors."""
