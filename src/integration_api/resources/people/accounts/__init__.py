"""Accounts of staff, their passwords, and invitations."""
