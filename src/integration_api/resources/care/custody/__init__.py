"""Custody of controlled drugs: what is in each container, who took what out of it, and what patients have at home."""
