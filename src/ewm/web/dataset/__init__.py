"""The page on which whoever reads records takes them along in one file."""
