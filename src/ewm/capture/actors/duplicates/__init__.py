"""Actors that are recorded twice: finding them, telling them apart, merging them, and taking that back."""
