"""Sync: what a phone or a desk wrote offline, sent in one request. Each item is the operation itself."""
