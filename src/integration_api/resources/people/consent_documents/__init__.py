"""Consent documents: versions that the clinic publishes, each in its languages, for patients to sign."""
