"""What people are told of: grants of roles, emergencies, alarms. A notice names ids and fixed words, never text."""
