"""Doses: what was given in a dosing session, by which route, how much, and what is unusual about it."""
