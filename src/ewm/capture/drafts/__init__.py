"""Drafts: what somebody has typed and not finished yet. No list, figure or snapshot counts them."""
