"""Notices to people about grants of roles, emergencies, alarms. A notice names ids and fixed words, never text."""
