"""Oversight: the ledger, retention and erasure."""
