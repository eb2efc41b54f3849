// Everything that scripts add to the pages. Each part looks for its own marks and does nothing without them.
