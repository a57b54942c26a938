"""Notes: staff prose about a session, from draft through signature to addenda and amendments."""
