"""Courses: one series of treatment for a patient."""
