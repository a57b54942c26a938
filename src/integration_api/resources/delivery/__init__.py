"""Delivery: what front ends need besides single requests: batches of offline work."""
