"""Measures: scored instruments, and what people answered."""
