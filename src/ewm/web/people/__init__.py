"""User administration: accounts, their roles, and what was done to them."""
