"""The journal: notes, reflections, plans and practices."""
