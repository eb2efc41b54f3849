"""Organisations: hierarchy, size, seat, own clusters and identifiers."""
