"""Unusual volume: a member of staff who walks through many charts is stopped, and the privacy officers are told."""
