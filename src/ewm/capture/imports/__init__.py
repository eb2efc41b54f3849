"""Imports: lists of others become entries, after somebody has looked; each can be taken back as a whole."""
