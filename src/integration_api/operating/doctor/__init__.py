"""Saying in plain words what is wrong with an installation. It reads, and changes nothing."""
