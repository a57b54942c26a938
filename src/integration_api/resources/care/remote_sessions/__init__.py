"""Remote sessions: the emergency record of a session at home, and checks by an observer who has no account."""
