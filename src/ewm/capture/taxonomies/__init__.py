"""Clusters and terms of the programme, kept for the records that point to them."""
