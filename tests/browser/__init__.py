"""Pages seen by a real browser and by the validator of HTML."""
