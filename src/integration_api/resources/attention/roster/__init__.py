"""The roster: who is on call when, its gaps before they come, and what happens if nobody on call is reached."""
