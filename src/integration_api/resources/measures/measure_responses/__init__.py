"""Answers to instruments, and their scores. What was completed never changes; a correction takes its place."""
