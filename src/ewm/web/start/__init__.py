"""The start page: what is open until the cut-off, how complete a cluster is, what was edited last, the year."""
