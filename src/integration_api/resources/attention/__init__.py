"""Attention: tasks that wait for somebody, and notices."""
