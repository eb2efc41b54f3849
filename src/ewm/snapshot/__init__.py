"""Records frozen at a cut-off: written once, verified at every reading, never changed."""
