"""What is written: notes, reflections, plans and what was practised."""
