"""Patients, their care teams and their invitations."""
