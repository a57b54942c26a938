"""Group sessions: one meeting of several patients, kept as a session of its own in each of their charts."""
