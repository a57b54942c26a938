"""The dose brief of a session: what a prescriber needs to decide on a dose, and no prose."""
