"""From results to documents: formats and lays out, and computes nothing."""
