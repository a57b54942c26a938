"""Commands for a database as a whole: backing it up, and restoring it."""
