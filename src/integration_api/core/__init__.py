"""Mechanism: database, sealing, HTTP behaviour. No word of the domain may appear here."""
