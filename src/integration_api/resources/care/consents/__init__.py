"""Consents: which documents a patient has signed, and which of them were withdrawn."""
