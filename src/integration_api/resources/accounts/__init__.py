"""Accounts, sign-in and invitations."""
