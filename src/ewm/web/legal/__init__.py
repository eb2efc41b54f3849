"""Pages that the law asks for: imprint, privacy, accessibility; and help."""
