"""Psychotherapy notes: a therapist's own notes on a conversation, kept apart from the chart, for their author alone."""
