"""Calendars: one secret address a person, which a calendar program subscribes to. Times and neutral words only."""
