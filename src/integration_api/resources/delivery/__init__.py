"""Delivery: changes on their way to a client."""
