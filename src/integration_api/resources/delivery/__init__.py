"""Delivery: what changed, on its way to a client, and batches of offline work."""
