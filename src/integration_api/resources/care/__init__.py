"""Courses of treatment, and their sessions."""
