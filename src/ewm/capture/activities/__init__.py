"""Activities that are not projects (Sonstige Aktivitäten)."""
